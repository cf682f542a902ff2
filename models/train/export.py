"""Writes the network as ONNX from plain operators, with its tables as 8-bit integers."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

import labels
from chars import FINALS, VOWELS
from network import GRAMS, PRIMES

LAST = np.iinfo(np.int64).max


class Graph:
    def __init__(self):
        self.nodes, self.constants, self.count = [], {}, 0

    def const(self, array, name=None):
        array = np.ascontiguousarray(array)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.constants:
            self.constants[key] = name or f"c{len(self.constants)}"
        return self.constants[key]

    def op(self, kind, *inputs, name=None, **attributes):
        self.count += 1
        out = name or f"{kind.lower()}_{self.count}"
        inputs = [i if isinstance(i, str) else self.const(np.asarray(i)) for i in inputs]
        self.nodes.append(helper.make_node(kind, inputs, [out], name=out, **attributes))
        return out

    def ints(self, *v):
        return self.const(np.array(v, np.int64))

    def slice(self, x, axis, start, end):
        return self.op("Slice", x, self.ints(start), self.ints(end), self.ints(axis))


def quantize(weight, quantile=0.9999):
    """Per-column scale, one byte for each value."""
    limit = np.maximum(np.quantile(np.abs(weight), quantile, axis=0), 1e-6)
    scale = (limit / 127).astype(np.float32)
    return np.clip(np.rint(weight / scale), -127, 127).astype(np.int8), scale


def shifted(g, x, left, right, zero, count):
    """`count` views of x along axis 1, each one position further, zeros beyond the ends."""
    wide = g.op("Concat", *[zero] * left, x, *[zero] * right, axis=1)
    return [g.slice(wide, 1, k, LAST if k == count - 1 else k - count + 1) for k in range(count)]


def hashed(g, views, names, tables, data, title):
    """The sum over n-gram kinds of the rows of a byte table, [batch, length, columns], unscaled."""
    start, total = 0, None
    for name in names:
        h, size = None, tables[name]
        for k, view in enumerate(GRAMS[name]):
            p = g.op("Mul", views[view][k], g.ints(PRIMES[k]))
            h = p if h is None else g.op("Add", h, p)
        n = g.ints(size)
        h = g.op("Sub", h, g.op("Mul", g.op("Div", h, n), n))
        e = g.op("Cast", g.op("Gather", g.const(data[start : start + size], f"{title}_{name}"), h), to=TensorProto.FLOAT)
        total = e if total is None else g.op("Add", total, e)
        start += size
    return total


def linear(g, views, wide, mask, share):
    """The linear part, spread over all logits; `share` is its say in each of its columns."""
    q, scale = quantize(wide.table(), 1.0)
    names = [n for group in "sj" for n in wide.features.names[group]]
    total = hashed(g, views, names, wide.features.tables, q, "linear")
    total = g.op("Mul", g.op("ReduceSum", g.op("Mul", total, mask), g.ints(1), keepdims=0), g.const(scale))
    norm = g.op("Sqrt", g.slice(total, 1, scale.size - 1, LAST))
    z = g.op("Div", g.slice(total, 1, 0, scale.size - 1), norm)
    spread = np.zeros((len(share), labels.N), np.float32)
    spread[np.arange(len(share)), wide.heads] = share
    bias = np.zeros(labels.N, np.float32)
    bias[wide.heads] = share * wide.bias
    return g.op("Gemm", z, g.const(spread), g.const(bias))


def build(net, vocabulary, wide=None, mix=None):
    """mix: what the network's logits and the linear part's are multiplied by before they are added."""
    g, s, f = Graph(), net.shape, net.features
    weights = {k: v.detach().numpy().astype(np.float32) for k, v in net.named_parameters()}
    ids, v = "input_ids", vocabulary
    m = g.op("Unsqueeze", g.op("Cast", "attention_mask", to=TensorProto.FLOAT), g.ints(-1))

    embedded = []
    q, scale = quantize(weights["table.c.weight"])
    index = g.op("Gather", g.const(f.char.astype(np.int64), "characters"), ids)
    rows = g.op("Cast", g.op("Gather", g.const(q, "table_characters"), index), to=TensorProto.FLOAT)
    embedded.append(g.op("Mul", g.op("ReduceSum", rows, g.ints(2), keepdims=0), g.const(scale)))

    zero = g.op("Mul", g.slice(ids, 1, 0, 1), g.ints(0))
    views = {"s": shifted(g, ids, 0, 3, zero, 4)}
    for key, table in (("j", v.parts[:, 0] * VOWELS + v.parts[:, 1]), ("x", v.parts[:, 1] * FINALS + v.parts[:, 2]), ("i", v.parts[:, 0])):
        t = g.const(table.astype(np.int64), f"view_{key}")
        views[key] = [g.op("Gather", t, x) for x in views["s"][:3]]
    for group in "sj":
        if group not in net.table:
            continue
        q, scale = quantize(weights[f"table.{group}.weight"])
        total = hashed(g, views, f.names[group], f.tables, q, "table")
        embedded.append(g.op("Mul", total, g.const(scale)))
    x = g.op("Mul", g.op("Concat", *embedded, axis=2), m)

    y = x
    for i in range(s.depth):
        half = s.width // 2
        zero = g.op("Mul", g.slice(y, 1, 0, 1), np.float32(0))
        z = g.op("Concat", *shifted(g, y, half, half, zero, s.width), axis=2)
        z = g.op("MatMul", z, g.const(weights[f"conv.{i}.weight"].T))
        z = g.op("Mul", g.op("Relu", g.op("Add", z, g.const(weights[f"conv.{i}.bias"]))), m)
        y = z if i == 0 else g.op("Add", y, z)
    a = g.op("Add", g.op("MatMul", y, g.const(weights["attend.weight"].T)), g.const(weights["attend.bias"]))
    off = g.op("Mul", g.op("Sub", m, np.float32(1)), np.float32(1e4))
    a = g.op("Softmax", g.op("Transpose", g.op("Add", a, off), perm=[0, 2, 1]), axis=2)
    pooled = g.op("Flatten", g.op("MatMul", a, y), axis=1)
    mean = g.op("Div", g.op("ReduceSum", x, g.ints(1), keepdims=0), g.op("ReduceSum", m, g.ints(1), keepdims=0))
    out = g.op("Concat", pooled, g.op("ReduceMax", y, axes=[1], keepdims=0), mean, axis=1)
    out = g.op("Relu", g.op("Gemm", out, g.const(weights["down.weight"].T), g.const(weights["down.bias"])))
    gain = np.ones(labels.N, np.float32)
    if mix is not None:
        gain[wide.heads] = mix[0]
    last = g.const(weights["out.weight"].T * gain), g.const(weights["out.bias"] * gain)
    if wide is None:
        g.op("Gemm", out, *last, name="logits")
    else:
        g.op("Add", g.op("Gemm", out, *last), linear(g, views, wide, m, np.asarray(mix[1], np.float32)), name="logits")

    constants = [
        numpy_helper.from_array(np.frombuffer(data, np.dtype(kind)).reshape(shape), name)
        for (kind, shape, data), name in g.constants.items()
    ]
    io = [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "sequence"]) for n in ("input_ids", "attention_mask")]
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", labels.N])
    graph = helper.make_graph(g.nodes, "nunchi-small", io, [logits], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="nunchi")
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model
