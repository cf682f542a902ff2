//! The report of `nunchi lexicon diff`, opened from its file.

use crate::lexicons;
use crate::{Page, Test, World};
use serde_json::json;
use std::path::Path;
use std::process::Command;

pub(crate) const TESTS: &[Test] = &[
    ("the_report_of_a_diff_opens_from_its_file_and_is_searched", opens),
    ("axe_finds_nothing_serious_in_the_report_of_a_diff", axe),
];

const ENTRY: &str = "signals = [\"anger\"]\n\n[[entry]]\nid = \"zz.kukudas\"\nforms = [\"쿠쿠다스나다\"]\n\
    class = \"verb\"\nweight = 2.5\nhits = [\"쿠쿠다스 났네\"]\n";

/// Writes the report of an edit that adds an entry into a folder.
fn write_report(folder: &Path) {
    let (old, new) = (lexicons::folder(), lexicons::folder());
    std::fs::write(new.path().join("signals/zz.toml"), ENTRY).unwrap();
    let corpus = folder.join("corpus.tsv");
    let rows = "id\ttext\tfrustration\tsentiment\tsignals\taction\n\
        a\t완전 쿠쿠다스 났네요\t2\tnegative\tanger\tapologize\n\
        b\t아주 쿠쿠다스 났어요\t2\tnegative\tanger\tapologize\n\
        c\t배송지 변경하고 싶어요\t0\tneutral\t-\tnone\n";
    std::fs::write(&corpus, rows).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_nunchi"))
        .args(["lexicon", "diff"])
        .args([old.path(), new.path()])
        .args(["--format", "html", "--corpus"])
        .arg(corpus)
        .arg("--out")
        .arg(folder.join("report.html"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

fn open<'w>(world: &'w World, folder: &Path) -> Page<'w> {
    let page = Page::blank(&world.browser, &format!("file://{}/", folder.display()));
    let report = format!("file://{}/report.html", folder.display());
    page.call("Page.navigate", json!({ "url": report }));
    page.sees("document.querySelector('.samples li')");
    page
}

fn opens(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    write_report(folder.path());
    let page = open(world, folder.path());
    page.reads("#shown", "2건");
    assert!(page.texts("ins").contains(&"쿠쿠다스 났네요".to_owned()));
    assert_eq!(page.eval("document.querySelectorAll('svg').length > 0"), true);
    page.write("#by-word", "아주");
    page.reads("#shown", "1건");
    page.size(390, 844);
    let over = page.eval("document.documentElement.scrollWidth - window.innerWidth");
    assert!(over.as_i64().unwrap() <= 0, "{over} pixels too wide");
    page.stayed_home_and_well();
}

fn axe(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    write_report(folder.path());
    let page = open(world, folder.path());
    page.call("Page.setBypassCSP", json!({ "enabled": true }));
    page.call("Page.reload", json!({}));
    page.sees("document.querySelector('.samples li')");
    for scheme in ["light", "dark"] {
        page.scheme(scheme);
        page.has_no_barriers(world, &format!("the report in {scheme}"));
    }
}
