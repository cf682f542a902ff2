//! Edited lexicons reach whoever looks at the page, without a step of theirs.

use crate::app::TestApp;
use crate::lexicons;
use crate::{Test, World};
use nunchi::settings::ClassifierMode;
use std::path::Path;

pub(crate) const TESTS: &[Test] = &[
    ("an_edit_appears_without_reloading_the_page", edited),
    ("a_broken_edit_shows_a_banner_and_the_old_lexicon_answers", broken),
    ("a_reload_and_a_rollback_ask_for_the_key", by_hand),
];

const KEY: &str = "open-sesame-4711";
/// SHA-256 of the key.
const DIGEST: [u8; 32] = [
    0xee, 0x0a, 0x73, 0x33, 0x7d, 0xb0, 0x4d, 0x4c, 0xde, 0xcf, 0x11, 0x62, 0x25, 0x0c, 0x2e, 0x7b,
    0x0d, 0x75, 0x2d, 0x91, 0xad, 0x5b, 0xe8, 0xde, 0xbc, 0xb3, 0x1e, 0x45, 0x95, 0xa4, 0x30, 0xa8,
];

fn start(folder: &Path, watch: bool) -> TestApp {
    TestApp::start_as_shipped(|settings| {
        settings.classifier.mode = ClassifierMode::Off;
        settings.lexicons.dir = Some(folder.to_owned());
        settings.lexicons.watch = watch;
        settings.access.admin_key_sha256 = Some(DIGEST);
    })
}

/// Gives the entry for 짜증나다 another weight.
fn write_weight(folder: &Path, weight: &str) {
    let path = folder.join("signals/anger.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("weight = ").unwrap();
    let (_, after) = rest.split_once('\n').unwrap();
    std::fs::write(path, format!("{before}weight = {weight}\n{after}")).unwrap();
}

fn edited(world: &World) {
    let folder = lexicons::folder();
    let app = start(folder.path(), true);
    let page = world.open_at(&app, "#read");
    page.write("#message", "짜증나요");
    page.reads(".evidence", "+2.40");
    page.eval("window.before = true");
    write_weight(folder.path(), "1.30");
    page.reads(".toasts", "사전이 바뀌었습니다");
    page.reads(".evidence", "+1.30");
    page.reads(".verdict .badge", "약한 불편");
    assert_eq!(page.eval("window.before"), true, "the page was not reloaded");
    page.press("Escape");
    page.press("6");
    page.reads(".running-set", "폴더");
    assert_eq!(page.texts(".revisions li").len(), 1);
    page.stayed_home_and_well();
}

fn broken(world: &World) {
    let folder = lexicons::folder();
    let app = start(folder.path(), true);
    let page = world.open_at(&app, "#read");
    page.write("#message", "짜증나요");
    page.reads(".evidence", "+2.40");
    write_weight(folder.path(), "\"heavy\"");
    page.sees("!document.querySelector('#banner').hidden");
    page.reads("#banner", "오류가");
    page.reads("#banner", "signals/anger.toml");
    for view in ["conversation", "lexicon", "draft", "reply", "read"] {
        page.eval(&format!("location.hash = '{view}'"));
        page.sees(&format!("!document.querySelector('#view-{view}').hidden"));
        assert_eq!(page.eval("document.querySelector('#banner').hidden"), false, "{view}");
    }
    page.reads(".evidence", "+2.40");
    page.click("#banner a");
    page.reads(".last", "L003");
    write_weight(folder.path(), "2.20");
    page.sees("document.querySelector('#banner').hidden");
    page.stayed_home_and_well();
}

fn by_hand(world: &World) {
    let folder = lexicons::folder();
    let app = start(folder.path(), false);
    let page = world.open_at(&app, "#status");
    page.click(".admin .button.primary");
    page.reads(".admin", "관리 열쇠를 먼저 적으세요");
    write_weight(folder.path(), "1.90");
    page.write("#admin-key", KEY);
    page.press("Enter");
    page.reads(".last", "새 사전을 읽었습니다");
    page.click(".revisions .button");
    page.reads(".last", "앞의 판으로 되돌렸습니다");
    let kept = page.eval("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])");
    assert!(!kept.as_str().unwrap().contains(KEY));
    page.stayed_home_and_well();
}
