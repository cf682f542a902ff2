//! `nunchi lexicon fmt`: the layout of lexicon files.

use crate::files::{copy_lexicons, nunchi, text};

#[test]
fn the_lexicons_of_the_repository_are_laid_out() {
    let folder = format!("{}/lexicons", env!("CARGO_MANIFEST_DIR"));
    let run = nunchi(&["lexicon", "fmt", "--check", &folder]);
    assert!(run.status.success(), "{}", text(&run.stdout));
}

#[test]
fn a_check_lists_what_would_change_and_writes_nothing() {
    let folder = copy_lexicons();
    let (dir, path) = (folder.path().to_str().unwrap(), folder.path().join("signals/anger.toml"));
    let proper = std::fs::read_to_string(&path).unwrap();
    let damaged = format!("\u{FEFF}{}", proper.replace('\n', "\r\n"));
    std::fs::write(&path, &damaged).unwrap();
    let check = nunchi(&["lexicon", "fmt", "--check", "--lexicons", dir]);
    let said = text(&check.stdout);
    assert!(!check.status.success() && said.contains("signals/anger.toml"), "{said}");
    assert!(said.contains("1 of") && !said.contains("praise.toml"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), damaged);
    assert!(nunchi(&["lexicon", "fmt", dir]).status.success());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), proper);
}

#[test]
fn windows_line_ends_inside_a_text_leave_the_file_alone() {
    let folder = copy_lexicons();
    let (dir, path) = (folder.path().to_str().unwrap(), folder.path().join("signals/zz.toml"));
    let odd = "signals=[\"anger\"]\r\nnote='''가\r\n나'''\r\n";
    std::fs::write(&path, odd).unwrap();
    let run = nunchi(&["lexicon", "fmt", dir]);
    assert!(run.status.success() && text(&run.stderr).contains("signals/zz.toml"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), odd);
}

#[test]
fn with_a_broken_file_nothing_is_written() {
    let folder = copy_lexicons();
    let (dir, anger) = (folder.path().to_str().unwrap(), folder.path().join("signals/anger.toml"));
    let messy = std::fs::read_to_string(&anger).unwrap().replace("class = ", "class   = ");
    std::fs::write(&anger, &messy).unwrap();
    std::fs::write(folder.path().join("signals/zz.toml"), "signals = [“anger”]\n").unwrap();
    let run = nunchi(&["lexicon", "fmt", dir]);
    let said = text(&run.stdout);
    assert!(!run.status.success() && said.contains("signals/zz.toml:1:") && said.contains("L020"));
    assert_eq!(std::fs::read_to_string(&anger).unwrap(), messy);
}

#[test]
fn the_embedded_lexicons_cannot_be_laid_out() {
    let said = text(&nunchi(&["lexicon", "fmt"]).stderr);
    assert!(said.contains("--lexicons DIR"), "{said}");
}
