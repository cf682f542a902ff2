//! `--model DIR` and `nunchi model check`: folders of models, sound and broken.

use crate::files::{nunchi, text};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// A copy of a sound folder, to be broken.
fn copy(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(fixture(name)).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    folder
}

fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let before = std::fs::read_to_string(&path).unwrap();
    assert!(before.contains(from), "{file} has no {from}");
    std::fs::write(path, before.replace(from, to)).unwrap();
}

fn check(folder: &Path) -> (Option<i32>, String) {
    let run = nunchi(&["model", "check", folder.to_str().unwrap()]);
    (run.status.code(), text(&run.stdout) + &text(&run.stderr))
}

/// Breaks a copy of tiny-electra and looks for words in what `model check` says of it.
fn broken(damage: impl FnOnce(&Path), expected: &[&str]) {
    let folder = copy("tiny-electra");
    damage(folder.path());
    let (code, shown) = check(folder.path());
    assert_eq!(code, Some(1), "{shown}");
    for words in expected {
        assert!(shown.contains(words), "no `{words}` in\n{shown}");
    }
}

#[test]
fn sound_folders_are_described() {
    for (name, labels) in [("tiny-electra", "4 labels"), ("tiny-emotions", "5 labels")] {
        let (code, shown) = check(&fixture(name));
        assert_eq!(code, Some(0), "{shown}");
        assert!(shown.contains("ok") && shown.contains(name) && shown.contains(labels), "{shown}");
    }
    let run = nunchi(&["model", "check"]);
    let shown = text(&run.stdout);
    assert!(run.status.success() && shown.contains("nunchi-small"), "{shown}");
}

#[test]
fn all_missing_files_are_named_with_what_writes_them() {
    let folder = tempfile::tempdir().unwrap();
    let (code, shown) = check(folder.path());
    assert_eq!(code, Some(1));
    for file in ["model.onnx:", "tokenizer.json:", "config.json:", "nunchi.toml:"] {
        assert!(shown.contains(file), "no {file} in\n{shown}");
    }
    assert!(shown.contains("optimum-cli export onnx") && shown.contains("4 errors"), "{shown}");
}

#[test]
fn a_label_that_config_json_lacks_is_named_with_the_nearest() {
    broken(
        |folder| edit(folder, "nunchi.toml", "clear = \"clear\"", "clear = \"Clear\""),
        &["nunchi.toml:3:1", "M004", "no label `Clear`; it has `clear`"],
    );
}

#[test]
fn mistakes_in_the_contract_have_their_place() {
    broken(
        |folder| edit(folder, "nunchi.toml", "thresholds = [0.5", "tresholds = [0.5"),
        &["nunchi.toml:", "M003", "docs/models.md"],
    );
    broken(
        |folder| edit(folder, "nunchi.toml", "[0.5, 0.5, 0.5]", "[0.5, 1.5, 0.5]"),
        &["M004", "between 0 and 1"],
    );
    broken(
        |folder| edit(folder, "nunchi.toml", "[frustration]", "[frustration"),
        &["nunchi.toml:3", "M002"],
    );
    broken(
        |folder| std::fs::write(folder.join("nunchi.toml"), "name = \"x\"\n").unwrap(),
        &["no label is mapped"],
    );
}

#[test]
fn labels_without_a_use_are_a_warning() {
    let folder = copy("tiny-emotions");
    edit(folder.path(), "nunchi.toml", "ignored = [\"없음\"]", "ignored = []");
    let (code, shown) = check(folder.path());
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("neither mapped nor ignored: 없음") && shown.contains("ok"), "{shown}");
}

#[test]
fn a_graph_that_was_cut_off_is_explained() {
    broken(
        |folder| {
            let path = folder.join("model.onnx");
            let bytes = std::fs::read(&path).unwrap();
            std::fs::write(path, bytes.get(..bytes.len() / 2).unwrap()).unwrap();
        },
        &["model.onnx:1:1", "M006", "cut in transfer"],
    );
}

#[test]
fn labels_that_do_not_fit_the_graph_are_explained() {
    broken(
        |folder| {
            edit(folder, "config.json", "\"3\": \"severe\"", "\"3\": \"severe\", \"4\": \"more\"");
            edit(
                folder,
                "nunchi.toml",
                "name = \"tiny-electra\"",
                "name = \"x\"\nignored = [\"more\"]",
            );
        },
        &["M008", "config.json names 5 labels"],
    );
    broken(
        |folder| edit(folder, "config.json", "\"3\": \"severe\"", "\"7\": \"severe\""),
        &["config.json:1:1", "M003", "without a gap"],
    );
}

#[test]
fn a_tokenizer_of_another_model_is_found_out() {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/nunchi-small/tokenizer.json");
    broken(
        |folder| {
            std::fs::copy(ours, folder.join("tokenizer.json")).unwrap();
        },
        &["tokenizer.json:1:1", "M010", "the model embeds 1500"],
    );
    broken(|folder| std::fs::write(folder.join("tokenizer.json"), "{}").unwrap(), &["M005"]);
}

#[test]
fn a_token_beyond_the_embeddings_is_found_out_before_a_customer_writes_it() {
    let beyond = "its ids go up to 1999, the model embeds 1500";
    broken(
        |folder| {
            let path = folder.join("tokenizer.json");
            let mut tokenizer: serde_json::Value =
                serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let vocabulary = tokenizer["model"]["vocab"].as_object_mut().unwrap();
            *vocabulary.iter_mut().find(|(_, id)| **id == 700).unwrap().1 = 1999.into();
            std::fs::write(path, tokenizer.to_string()).unwrap();
        },
        &["tokenizer.json:1:1", "M010", beyond],
    );
    broken(
        |folder| edit(folder, "config.json", "\"vocab_size\"", "\"vocabulary\""),
        &["config.json:1:1", "M003", "vocab_size is missing"],
    );
}

#[test]
fn contracts_without_sense_are_refused() {
    let contract = |frustration: &str, expected: &str| {
        broken(
            |folder| {
                let text = format!(
                    "name = \"x\"\nignored = []\n[frustration]\n{frustration}\nthresholds = [0.5, 0.5, 0.5]\n"
                );
                std::fs::write(folder.join("nunchi.toml"), text).unwrap();
            },
            &["nunchi.toml:3:1", "M004", expected],
        );
    };
    contract("kind = \"any\"\nlabels = []", "an empty list of labels");
    contract(
        "kind = \"softmax\"\nlabels = { none = [], clear = \"clear\" }",
        "an empty list of labels",
    );
    contract(
        "kind = \"softmax\"\nlabels = { none = [\"none\", \"mild\"], mild = \"mild\" }",
        "the label `mild` stands twice",
    );
    broken(
        |folder| {
            edit(
                folder,
                "nunchi.toml",
                "name = \"tiny-electra\"",
                "name = \"x\"\nmax_tokens = 500",
            );
        },
        &["nunchi.toml:2:", "max_tokens goes from 1 to 128"],
    );
    let fusion = "[0.5, 0.5, 0.5]\n[fusion.frustration]\npoints = [-2.0, 6.0]\ncertainty = 0.01\nlowers_by = 1\n\
        bias = [0.0, 0.0, 0.0]\nlexicon = [1.0, -1.0, 1.0]\nclassifier = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]";
    broken(
        |folder| edit(folder, "nunchi.toml", "[0.5, 0.5, 0.5]", fusion),
        &["M004", "must not lower a level"],
    );
}

#[test]
fn a_path_that_is_no_folder_is_one_finding() {
    let (code, shown) = check(&fixture("tiny-electra").join("config.json"));
    assert_eq!(code, Some(1));
    assert!(shown.contains("no such folder") && shown.contains("1 errors"), "{shown}");
}

#[test]
fn the_committed_model_is_the_one_of_its_checksums() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/nunchi-small");
    let (code, shown) = check(&folder);
    assert_eq!(code, Some(0), "{shown}");
}

#[test]
fn a_file_that_is_not_the_one_of_the_checksums_is_found_out() {
    // `sha256sum *` sums the sums of last time too.
    let folder = copy("tiny-electra");
    let sums = format!("{}  SHA256SUMS\n", "0".repeat(64));
    std::fs::write(folder.path().join("SHA256SUMS"), sums).unwrap();
    assert_eq!(check(folder.path()).0, Some(0));
    broken(
        |folder| {
            let sums = format!("{}  nunchi.toml\n", "0".repeat(64));
            std::fs::write(folder.join("SHA256SUMS"), sums).unwrap();
        },
        &["nunchi.toml:1:1", "M011", "SHA256SUMS"],
    );
}

#[test]
fn findings_come_as_json_too() {
    let folder = copy("tiny-electra");
    std::fs::remove_file(folder.path().join("config.json")).unwrap();
    let run = nunchi(&["model", "check", "--json", folder.path().to_str().unwrap()]);
    let findings: serde_json::Value = serde_json::from_str(&text(&run.stdout)).unwrap();
    assert_eq!(findings[0]["file"], "config.json");
    assert_eq!(findings[0]["code"], "M001");
    assert_eq!(run.status.code(), Some(1));
}

#[test]
fn the_model_of_the_flag_answers_in_every_command() {
    let model = fixture("tiny-electra");
    let model = model.to_str().unwrap();
    let run = nunchi(&["analyze", "--json", "--model", model, "배송지 변경하고 싶어요"]);
    let answer: serde_json::Value = serde_json::from_str(&text(&run.stdout)).unwrap();
    assert_eq!(answer["classifier"]["model"], "tiny-electra");
    let run = nunchi(&["explain", "--model", model, "배송지 변경하고 싶어요"]);
    assert!(text(&run.stdout).contains("tiny-electra"), "{}", text(&run.stdout));
    let run = nunchi(&["analyze", "--json", "--classifier", "off", "--model", model, "네"]);
    assert!(text(&run.stdout).contains("\"classifier\":null"));
    let run = nunchi(&["analyze", "--classifier", "sometimes", "네"]);
    assert!(text(&run.stderr).contains("--classifier: classifier.mode = \"sometimes\""));
}

fn with_library(library: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nunchi"));
    command.args(arguments).env("ORT_DYLIB_PATH", library).output().unwrap()
}

#[test]
fn a_file_that_is_no_onnx_runtime_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("libonnxruntime.so");
    std::fs::write(&library, "not a library").unwrap();
    for library in [library, folder.path().join("missing.so")] {
        let run = with_library(&library, &["analyze", "네"]);
        let shown = text(&run.stderr);
        assert_eq!(run.status.code(), Some(1), "{shown}");
        assert!(shown.contains(library.to_str().unwrap()) && shown.contains("1.24"), "{shown}");
    }
}

/// A real libonnxruntime; `.ci/run` takes it from the Python package of that name.
#[expect(clippy::disallowed_methods, reason = "a test has no settings; this names a library")]
fn onnxruntime() -> Option<PathBuf> {
    std::env::var("NUNCHI_TEST_ONNXRUNTIME").ok().map(PathBuf::from)
}

#[test]
fn both_runtimes_say_the_same() {
    let Some(library) = onnxruntime() else {
        println!("NOT RUN: set NUNCHI_TEST_ONNXRUNTIME to a libonnxruntime of 1.24 or later");
        return;
    };
    let shown = text(&with_library(&library, &["model", "check"]).stdout);
    assert!(shown.contains("runs on onnxruntime"), "{shown}");
    let tiny = fixture("tiny-electra");
    for model in [None, Some(tiny.to_str().unwrap())] {
        for message in [
            "배송지 변경하고 싶어요",
            "아 진짜 시발 장난하냐 당장 책임자 바꿔",
            "아직도 안 왔어요ㅠㅠ",
        ] {
            let mut arguments = vec!["analyze", "--json", message];
            arguments.extend(model.iter().flat_map(|model| ["--model", model]));
            let scores = |run: Output| -> Vec<f64> {
                let answer: serde_json::Value = serde_json::from_str(&text(&run.stdout)).unwrap();
                let scores = answer["classifier"]["scores"].as_object().unwrap();
                scores.values().map(|score| score.as_f64().unwrap()).collect()
            };
            let (ours, theirs) =
                (scores(nunchi(&arguments)), scores(with_library(&library, &arguments)));
            assert_eq!(ours.len(), theirs.len());
            for (one, other) in ours.iter().zip(&theirs) {
                assert!((one - other).abs() < 0.002, "{message}: {ours:?} {theirs:?}");
            }
        }
    }
}
