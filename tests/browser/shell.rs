//! The frame: languages, keys, narrow screens, dark rooms, and those who do not see.

use crate::{Page, Test, World};
use serde_json::Value;

pub(crate) const TESTS: &[Test] = &[
    ("the_page_speaks_english_too_and_remembers_it", language),
    ("both_languages_have_the_same_words", same_words),
    ("a_keyboard_is_enough", keyboard),
    ("nothing_hangs_over_the_edge_of_a_phone", phone),
    ("a_dark_room_gets_a_dark_page", dark),
    ("axe_finds_nothing_serious_in_any_view", axe),
];

const VIEWS: [&str; 6] = ["read", "conversation", "lexicon", "draft", "reply", "status"];

fn language(world: &World) {
    let page = world.open("#read");
    page.write("#message", "정말 짜증나네요");
    page.reads(".verdict .badge", "뚜렷한 불편");
    page.click("#language");
    page.reads(".verdict .badge", "Clear");
    assert_eq!(page.eval("document.documentElement.lang"), "en");
    assert_eq!(page.eval("document.querySelector('#message').value"), "정말 짜증나네요");
    page.go("?again#status");
    page.reads("#tab-status", "Status");
    page.stayed_home_and_well();
}

fn same_words(world: &World) {
    let page = world.open("#read");
    let paths = page.eval(
        "(async () => { const paths = (at, path) => typeof at === 'object' && !Array.isArray(at) \
         ? Object.entries(at).flatMap(([name, below]) => paths(below, `${path}.${name}`)) : [`${path}:${typeof at}`]; \
         const [ko, en] = await Promise.all(['ko', 'en'].map((name) => import(`${location.origin}/page/js/words.${name}.js`))); \
         const words = (one) => paths(one.default, '').filter((path) => !path.startsWith('.tabsShort')).sort(); \
         const [a, b] = [words(ko), words(en)]; \
         return [...a.filter((path) => !b.includes(path)), ...b.filter((path) => !a.includes(path))]; })()",
    );
    assert_eq!(paths, Value::Array(Vec::new()));
}

fn keyboard(world: &World) {
    let page = world.open("#read");
    page.eval("document.querySelector('#tab-read').focus()");
    for id in &VIEWS[1..] {
        page.press("ArrowRight");
        page.sees(&format!("!document.querySelector('#view-{id}').hidden"));
        assert_eq!(page.focus(), format!("tab-{id}"));
    }
    page.press("ArrowRight");
    page.sees("!document.querySelector('#view-read').hidden");
    page.press("3");
    page.sees("document.querySelector('.item')");
    page.press("/");
    assert_eq!(page.focus(), "lexicon-q");
    page.press("ArrowDown");
    let first = page.eval("document.activeElement.dataset.id");
    page.press("ArrowDown");
    assert_ne!(page.eval("document.activeElement.dataset.id"), first);
    page.press("Enter");
    page.sees("document.querySelector('.entry')");
    page.press("Escape");
    page.sees("!document.querySelector('.entry')");
    page.press("?");
    page.reads("dialog[open]", "단축키");
    page.press("Escape");
    page.sees("!document.querySelector('dialog')");
    page.press("1");
    page.press("/");
    assert_eq!(page.focus(), "message");
    page.press("Escape");
    assert_ne!(page.focus(), "message");
    let bare = page.eval(
        "(() => { const all = [...document.querySelectorAll('button, a, input, select, textarea')]; \
         return all.filter((one) => one.offsetParent && getComputedStyle(one).outlineStyle === 'none' && one === document.activeElement).length; })()",
    );
    assert_eq!(bare, 0, "the focus is always seen");
    page.stayed_home_and_well();
}

fn phone(world: &World) {
    let narrow = |page: &Page<'_>| page.size(390, 844);
    in_every_view(world, narrow, |page, view| {
        let over = page.eval("document.documentElement.scrollWidth - window.innerWidth");
        assert!(over.as_i64().unwrap() <= 0, "{view} is {over} pixels too wide");
        let low = "Math.round(document.querySelector('#tabs').getBoundingClientRect().bottom)";
        assert_eq!(page.eval(low), 844, "the tabs are at the thumb");
    });
}

fn dark(world: &World) {
    let page = world.open("#read");
    let ground = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0]";
    assert!(page.eval(ground).as_i64().unwrap() > 200);
    page.scheme("dark");
    assert!(page.eval(ground).as_i64().unwrap() < 50);
    page.click("#theme");
    assert!(page.eval(ground).as_i64().unwrap() > 200, "the choice of a person goes first");
}

fn axe(world: &World) {
    // Lasting styles only, and without the policy: axe itself builds markup from text.
    let ready = |page: &Page<'_>| {
        page.call("Page.setBypassCSP", serde_json::json!({ "enabled": true }));
        page.go("?axe#read");
    };
    in_every_view(world, ready, |page, view| {
        for scheme in ["light", "dark"] {
            page.scheme(scheme);
            page.has_no_barriers(world, &format!("{view} in {scheme}"));
        }
    });
}

/// Shows every view with something in it. Drafts are tried on a service of few entries.
fn in_every_view(world: &World, ready: impl Fn(&Page<'_>), look: impl Fn(&Page<'_>, &str)) {
    let page = world.open("#read");
    ready(&page);
    fill(&page, VIEWS.iter().filter(|view| **view != "draft"), &look);
    let page = world.open_small("#draft");
    ready(&page);
    fill(&page, ["draft"].iter(), &look);
}

fn fill<'v>(
    page: &Page<'_>,
    views: impl Iterator<Item = &'v &'v str>,
    look: &impl Fn(&Page<'_>, &str),
) {
    let set = |selector: &str, text: &str| {
        page.eval(&format!(
            "(() => {{ const one = document.querySelector('{selector}'); one.value = {}; \
             one.dispatchEvent(new Event('input')); }})()",
            serde_json::json!(text)
        ));
    };
    for &view in views {
        page.eval(&format!("location.hash = '{view}'"));
        page.sees(&format!("!document.querySelector('#view-{view}').hidden"));
        match view {
            "read" => {
                set(
                    "#message",
                    "아니 몇 번을 말해야 합니까 ㅡㅡ 변화의 시발점이라더니 앱이 자꾸 꺼져요;;",
                );
                page.sees("document.querySelector('.evidence-row')");
            }
            "conversation" => {
                set(
                    "#conversation",
                    "고객: 답답하네요\n상담원: 확인해 보겠습니다\n고객: 감사합니다",
                );
                page.eval("document.querySelector('#read-conversation').click()");
                page.sees("document.querySelector('.dot-button')");
            }
            "lexicon" => {
                page.eval("location.hash = 'lexicon/anger.dapdap'");
                page.sees("document.querySelector('.entry') && document.querySelector('.item')");
            }
            "draft" => {
                set("#draft-forms", "쿠쿠다스 나다");
                page.eval(
                    "document.querySelector('.choice input[value=anger]:not(:checked)')?.click()",
                );
                set("#draft-hits", "완전 쿠쿠다스 났네요");
                page.sees("document.querySelector('.draft-check .good')");
                page.sees("!document.querySelector('.draft-effect.pending')");
            }
            "reply" => {
                set("#reply", "그건 안 돼요");
                page.sees("document.querySelector('.reply-finding')");
            }
            _ => page.sees("document.querySelector('.running-set')"),
        }
        // A view fades while it is read again.
        page.sees("!document.querySelector('.view:not([hidden]) .pending')");
        page.sees("document.getAnimations().every((one) => one.playState === 'finished')");
        look(page, view);
    }
}
