"""Trains nunchi-small from nothing: `python train.py --data DIR --nunchi ../../target/release/nunchi`.

Stages, each kept in --work and skipped when its result is there:
  corpus     read, deduplicate, drop every development row, learn what public labels mean in ours
  pretrain   two teachers and a student on the public sets (sentiment, abuse, 44 emotions, bridged frustration)
  teach      five folds x (two teacher networks + linear model), fine-tuned on our labels
  distil     five students for out-of-fold predictions, and the final one on everything
  export     mix and calibration on the out-of-fold predictions, ONNX, tokenizer, configuration, checksums
  fuse       with --nunchi: the layer that fuses the model with the lexicon
`--only teach:3` runs one part, so that parts can run side by side.
"""

import argparse
import concurrent.futures
import functools
import pathlib
import pickle
import subprocess
import sys
import warnings

import numpy as np
import torch

import augment
import bridge
import corpus
import labels
import learn
from chars import Vocabulary
from measure import probabilities
from network import Attention, Network, Shape
from wide import Wide

HERE = pathlib.Path(__file__).parent
FOLDS = 5
LIMIT = 140  # characters in training
SMALL = dict(s2=16381, s3=32749, s4=16381, j2=8191, x2=8191, i3=8191, j3=16381)
SHAPES = {"teacher": Shape(width=5, hidden=192, syllable=48, jamo=48, dropout=0.3), "student": Shape(width=5, syllable=48, jamo=48, tables=SMALL)}
SHAPES["attention"] = Shape(hidden=192, tables=SMALL)
SEEDS = {"teacher": 2, "student": 4, "attention": 3}
# one pass each: a second one over the same reviews is learned by heart (held-out NSMC falls by half a point)
# how much of the further reviews each network sees: ratings below 9, ratings 9 and 10
REVIEWS = {"teacher": (0.5, 0.15), "student": (0.8, 0.3), "attention": (0.3, 0.1)}
OURS = np.r_[0:31]  # the heads that our own labels train
NEUTRAL = ("stylekqc", "kochat")


class Stage:
    def __init__(self, options):
        self.o = options
        self.work = pathlib.Path(options.work)
        self.work.mkdir(parents=True, exist_ok=True)
        self.data = pathlib.Path(options.data)
        self.folds = FOLDS

    def kept(self, name, make):
        path = self.work / name
        if not path.exists():
            value = make()
            temporary = path.with_suffix(".tmp")
            with open(temporary, "wb") as f:
                pickle.dump(value, f, 4)
            temporary.rename(path)
            return value
        with open(path, "rb") as f:
            return pickle.load(f)

    # corpus

    def own_files(self):
        return sorted((HERE / "data").glob("train-*.tsv"))

    def real_tables(self):
        """The real texts that came labelled, and the further rows of the public sets that we labelled."""
        more = corpus.labelled_public(HERE / "data/real-labels.tsv", self.data / "public")
        return [corpus.table(self.data / "train-real.tsv"), more]

    def corpus(self):
        def make():
            own = corpus.labelled(*(corpus.table(f) for f in self.own_files()))
            real = corpus.labelled(*self.real_tables())
            dev = {n: corpus.labelled(corpus.table(self.data / f"{n}.tsv")) for n in ("dev-messages", "dev-real")}
            forbidden = {t for d in dev.values() for t in d.texts}
            own, real = (s.take([i for i, t in enumerate(s.texts) if t not in forbidden]) for s in (own, real))
            ids = {k[:2] for s in (real, dev["dev-real"]) for k in s.keys}
            assert not {k[:2] for k in real.keys} & {k[:2] for k in dev["dev-real"].keys}
            public, held = corpus.public(self.data / "public", ids, forbidden | set(own.texts) | set(real.texts))
            assert not forbidden & set(public.texts)
            features = corpus.public_features(self.data / "public")
            bridge.apply(bridge.fit(real, features), public, features)
            vocabulary = Vocabulary(corpus.counts(public, own, real))
            return own, real, dev, public, held, vocabulary

        self.own, self.real, self.dev, self.public, self.held, self.vocabulary = self.kept("corpus.pickle", make)
        self.ours = self.own.take(np.arange(len(self.own.texts)))
        for name in ("texts", "keys"):
            setattr(self.ours, name, getattr(self.own, name) + getattr(self.real, name))
        self.ours.targets = np.concatenate([self.own.targets, self.real.targets])
        self.ours.sources = np.concatenate([self.own.sources, self.real.sources])
        tables = [*(corpus.table(f) for f in self.own_files()), *self.real_tables()]
        raw = {r["id"]: r["text"] for t in tables for r in t}
        self.raw = [raw[k[2]] for k in self.ours.keys]
        self.fold = np.random.default_rng(7).permutation(len(self.ours.texts)) % FOLDS

    def encode(self, texts, limit=LIMIT):
        return [self.vocabulary.encode(t, limit) for t in texts]

    def sample(self, rng, **parts):
        """Row numbers of the public sets: source=share, above 1 repeats."""
        out = []
        for source, share in parts.items():
            rows = np.flatnonzero(self.public.sources == source)
            out += [rows] * int(share) + [rng.choice(rows, int(len(rows) * (share % 1)), replace=False)]
        return np.concatenate(out)

    # pretrain

    def pretrain(self, name):
        def make():
            rng = np.random.default_rng(SEEDS[name])
            rows = self.sample(rng, nsmc=1, kodoli=2, kote=6, curse=2, stylekqc=0.5, kochat=0.5)
            high = self.public.targets[:, labels.REVIEW] == 1
            for share, chosen in zip(REVIEWS[name], (~high, high)):
                more = np.flatnonzero((self.public.sources == "nsmc_extra") & chosen)
                rows = np.concatenate([rows, rng.choice(more, int(len(more) * share), replace=False)])
            data = learn.Rows(self.encode([self.public.texts[i] for i in rows]), self.public.targets[rows])
            torch.manual_seed(SEEDS[name])
            net = self.fresh(name)
            rate = 1e-3 if name == "attention" else 2e-3
            return learn.train(net, data, 1, rate, 8e-3, size=256, seed=SEEDS[name]).state_dict()

        return self.kept(f"pretrain-{name}.pickle", make)

    def fresh(self, name):
        return (Attention if name == "attention" else Network)(self.vocabulary, SHAPES[name])

    def network(self, name, state):
        net = self.fresh(name)
        net.load_state_dict(state)
        return net

    # fine-tuning

    def mixture(self, rng, rows, soft=None):
        """One epoch: our labels, plain and with noise, and public rows with theirs; when distilling, a part of the pool
        with the teachers' labels, which also temper the labels of the real texts."""
        texts, y = [self.ours.texts[i] for i in rows], self.ours.targets[rows].copy()
        calm = [self.public.texts[i] for i in self.sample(rng, stylekqc=0.05, kochat=0.05)]
        texts += [augment.noisy(augment.beside(t, calm, rng), rng) for t in texts]
        if soft is None:
            more = self.sample(rng, kote=0.5, kodoli=0.04, stylekqc=0.05, kochat=0.05, nsmc=0.01, curse=0.1)
            z = self.public.targets[more]
        else:
            real = self.ours.sources[rows] == "real"
            y[np.ix_(real, OURS)] = 0.6 * y[np.ix_(real, OURS)] + 0.4 * soft["ours"][rows][real]
            pick = rng.choice(len(self.pool), int(len(self.pool) * 0.3), replace=False)
            more = self.pool[pick]
            z = self.public.targets[more].copy()
            known = np.isin(self.public.sources[more], NEUTRAL)[:, None]
            z[:, OURS] = np.where(known, z[:, OURS], soft["pool"][pick])
            # the calm requests and the reviews once more, so that neither is forgotten
            again = self.sample(rng, stylekqc=0.15, kochat=0.08, nsmc=0.12)
            rest = self.public.targets[again].copy()
            rest[np.ix_(self.public.sources[again] == "nsmc", OURS)] = np.nan
            more, z = np.concatenate([more, again]), np.concatenate([z, rest])
        texts += [self.public.texts[i] for i in more]
        neutral = np.isin(self.public.sources[more], NEUTRAL)
        weights = np.concatenate([np.ones(2 * len(rows)), np.where(neutral, 1.0, 0.5)])
        return learn.Rows(self.encode(texts), np.concatenate([y, y, z]), weights)

    def tune(self, net, rows, epochs, seed, rate, soft=None):
        rng = np.random.default_rng(seed)
        make = lambda _=None: self.mixture(rng, rows, soft)  # noqa: E731
        return learn.train(net, make(), epochs, rate, 1.5 * rate, size=128, seed=seed, between=make)

    def wide(self, rows):
        """The linear part, fitted on some of our rows and a little of the public sets."""
        rng = np.random.default_rng(0)
        more = self.sample(rng, kote=1, kodoli=0.06, stylekqc=0.25, kochat=0.15)
        texts = [self.ours.texts[i] for i in rows] + [self.public.texts[i] for i in more]
        targets = np.concatenate([self.ours.targets[rows], self.public.targets[more]])
        weights = np.r_[np.ones(len(rows)), np.where(np.isin(self.public.sources[more], NEUTRAL), 1.0, 0.5)]
        return Wide(self.vocabulary).fit(self.encode(texts, 300), targets, weights)

    # teach

    @functools.cached_property
    def pool(self):
        rng = np.random.default_rng(11)
        return self.sample(rng, kodoli=1, kote=1, curse=1, stylekqc=0.2, kochat=0.25, nsmc=0.12, nsmc_extra=0.02)

    def teach(self, fold):
        """A teacher that never saw the fold: its logits, and the linear part's, for all our rows and for the pool."""

        def make():
            rows = np.flatnonzero(self.fold != fold)
            texts = {"ours": self.ours.texts, "pool": [self.public.texts[i] for i in self.pool]}
            linear = self.linear(fold)
            out = {("wide", k): linear.predict(self.encode(t)) for k, t in texts.items()}
            for name, rate in (("teacher", 1e-3), ("attention", 5e-4)):
                net = self.tune(self.network(name, self.pretrain(name)), rows, self.o.teacher_epochs, 100 + fold, rate)
                out |= {(name, k): learn.predict(net, self.encode(t))[:, OURS] for k, t in texts.items()}
            return out

        return self.kept(f"teach-{fold}.pickle", make)

    def linear(self, fold):
        """The linear part that never saw the fold; the last saw everything and ships."""
        return self.kept(f"wide-{fold}.pickle", lambda: self.wide(np.flatnonzero(self.fold != fold)))

    def reviews(self):
        """A column of the linear part for the polarity of reviews, which the network half forgets while it learns our labels."""

        def make():
            rows = np.flatnonzero(self.public.sources == "nsmc")
            positive = self.public.targets[rows, labels.REVIEW] > 0.5
            return self.linear(FOLDS).fit_reviews(self.encode([self.public.texts[i] for i in rows], 300), positive)

        return self.kept("reviews.pickle", make)

    # distil

    def distil(self, fold):
        """fold 0-4: a student that never saw that fold; the last: the one that ships."""

        def make():
            whole = fold == FOLDS
            teachers = [self.teach(f) for f in (range(FOLDS) if whole else [fold])]
            soft = {k: np.mean([softened(t, k) for t in teachers], 0) for k in ("ours", "pool")}
            rows = np.arange(len(self.fold)) if whole else np.flatnonzero(self.fold != fold)
            net = self.network("student", self.pretrain("student"))
            net = self.tune(net, rows, self.o.student_epochs, 200 + fold, 2e-3, soft)
            return net.state_dict(), learn.predict(net, self.encode(self.ours.texts))

        return self.kept(f"student-{fold}.pickle", make)


def softened(teacher, part):
    """The probabilities of both teacher networks and of the linear part, three to three to four in logits."""
    z = np.zeros((len(teacher["teacher", part]), labels.N), np.float32)
    z[:, OURS] = 0.3 * teacher["teacher", part] + 0.3 * teacher["attention", part] + 0.4 * 1.5 * teacher["wide", part]
    return probabilities(z)[:, OURS]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True, help="folder with train-real.tsv, dev-*.tsv and public/")
    p.add_argument("--out", default=str(HERE.parent / "nunchi-small"))
    p.add_argument("--work", default=str(HERE / "work"))
    p.add_argument("--nunchi", help="the built program; with it the fusion with the lexicon is fitted too")
    p.add_argument("--only", help="pretrain:NAME, teach:FOLD, distil:FOLD or export")
    p.add_argument("--jobs", type=int, default=2, help="parts that run side by side")
    p.add_argument("--threads", type=int, default=1, help="threads of each part")
    p.add_argument("--teacher-epochs", type=int, default=3)
    p.add_argument("--student-epochs", type=int, default=7)
    o = p.parse_args()
    torch.set_num_threads(o.threads)
    warnings.filterwarnings("ignore")
    stage = Stage(o)
    stage.corpus()
    what, _, part = (o.only or "").partition(":")
    if what == "pretrain":
        stage.pretrain(part)
    elif what == "teach":
        stage.teach(int(part))
    elif what == "linear":
        stage.linear(int(part))
    elif what == "reviews":
        stage.reviews()
    elif what == "distil":
        stage.distil(int(part))
    else:
        if not what:
            for parts in PLAN:
                side_by_side(parts, o.jobs)
        import package

        package.write(stage, pathlib.Path(o.out))
        if o.nunchi:
            import fuse

            fuse.write(stage, pathlib.Path(o.out), o.nunchi)


# Parts of one line need nothing of each other, only the lines above.
PLAN = [
    ["pretrain:attention", "pretrain:student", "pretrain:teacher"],
    [f"teach:{k}" for k in range(FOLDS)],
    [*(f"distil:{k}" for k in range(FOLDS + 1)), "reviews"],
]


def side_by_side(parts, jobs):
    """Runs parts of the training as processes of their own."""
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        command = [sys.executable, *sys.argv]
        runs = [pool.submit(subprocess.run, [*command, "--only", part], check=True) for part in parts]
        for run in runs:
            run.result()


if __name__ == "__main__":
    main()
