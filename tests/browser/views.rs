//! What each view shows to whoever uses it.

use crate::{Test, World};
use serde_json::json;

pub(crate) const TESTS: &[Test] = &[
    ("typing_a_message_shows_its_highlights_and_decision", reading),
    ("what_was_switched_off_is_shown_with_its_reason", switched_off),
    ("a_conversation_shows_its_curve_and_leads_to_its_turns", conversation),
    ("a_search_finds_an_entry_by_an_inflected_form", lexicon),
    ("a_row_of_evidence_opens_its_entry", evidence_opens),
    ("a_draft_shows_its_inflections_findings_effect_and_toml", draft),
    ("an_existing_entry_is_edited_in_its_file", whole_file),
    ("a_reply_is_checked_and_mended_by_a_click", reply),
    ("a_pasted_message_is_kept_nowhere", kept_nowhere),
];

fn reading(world: &World) {
    let page = world.open("#read");
    page.write("#message", "아니 몇 번을 말해야 합니까 ㅡㅡ");
    page.reads(".verdict .badge", "뚜렷한 불편");
    page.reads(".decision .action", "상담원 연결 제안하기");
    let marks = page.texts(".seen mark").concat();
    assert!(marks.contains("번을 말해야") && marks.contains("ㅡㅡ"), "{marks}");
    let signals = page.texts(".seen .chip").concat();
    assert!(signals.contains("반복 설명") && signals.contains("불편 이모티콘"), "{signals}");
    assert!(page.texts(".token").contains(&"말해야".to_owned()));
    page.reads(".evidence-total", "+");
    page.reads(".decision", "policy.toml");
    page.reads(".eyes", "nunchi-small");
    assert!(!page.texts(".lines li").is_empty());
    page.click("#with-classifier");
    page.reads(".verdict", "분류기 없이");
    page.stayed_home_and_well();
}

fn switched_off(world: &World) {
    let page = world.open("#read");
    page.write("#message", "화난 건 아니고요 변화의 시발점이래요");
    page.reads(".evidence", "부정으로 꺼짐");
    page.reads(".evidence", "negator.");
    page.reads(".evidence", "예외로 꺼짐");
    page.reads(".evidence", "exception.sibaljeom");
    page.reads(".verdict .badge", "불편 없음");
    let off = page.texts(".seen mark.off").concat();
    assert!(off.contains("시발"), "{off}");
    page.stayed_home_and_well();
}

fn conversation(world: &World) {
    let page = world.open("#conversation");
    let text = "고객: 주문한 거 언제 오나요\n챗봇: 배송 메뉴를 봐 주세요\n\
                {\"role\":\"customer\",\"text\":\"몇 번을 말해야 합니까 ㅡㅡ\"}\n감사합니다 해결됐어요";
    page.write("#conversation", text);
    page.click("#read-conversation");
    page.sees("document.querySelectorAll('.dot-button').length === 3");
    let levels =
        page.eval("[...document.querySelectorAll('.dot-button')].map((dot) => dot.dataset.level)");
    assert_eq!(levels, json!(["0", "2", "0"]));
    let label = page.eval("document.querySelectorAll('.dot-button')[1].getAttribute('aria-label')");
    assert!(label.as_str().unwrap().contains("반복 설명"), "{label}");
    page.eval("document.querySelector('.dot-button').focus()");
    page.press("ArrowRight");
    page.reads(".curve-tip", "3번째 말");
    page.press("Enter");
    page.sees("document.activeElement.id === 'turn-2'");
    page.click(".mood summary");
    assert_eq!(page.texts(".mood tbody tr").len(), 3, "the table says the same");
    assert_eq!(page.texts(".turn").len(), 4);
    page.reads(".turn.bot", "배송 메뉴");
    page.stayed_home_and_well();
}

fn lexicon(world: &World) {
    let page = world.open("#lexicon");
    page.write("#lexicon-q", "답답했는데");
    page.reads(".items .item", "답답하다");
    page.click(".items .item");
    page.reads(".entry", "답답해");
    page.reads(".entry", "signals/anger.toml:");
    page.reads(".entry .hits", "답답");
    assert_eq!(page.eval("location.hash"), "#lexicon/anger.dapdap");
    page.eval("document.querySelector('#lexicon-q').select()");
    page.write("#lexicon-q", "");
    page.eval(
        "(() => { const one = document.querySelector('#lexicon-kind'); one.value = 'exception'; \
         one.dispatchEvent(new Event('change')); })()",
    );
    page.go("#lexicon?kind=exception&q=시발점");
    page.reads(".items", "exception.sibaljeom");
    page.stayed_home_and_well();
}

fn evidence_opens(world: &World) {
    let page = world.open("#read");
    page.write("#message", "정말 답답하네요");
    page.click(".evidence-row");
    page.reads(".entry h2", "답답하다");
    page.click("#tab-read");
    assert_eq!(page.eval("document.querySelector('#message').value"), "정말 답답하네요");
    page.stayed_home_and_well();
}

fn draft(world: &World) {
    let page = world.open_small("#draft");
    page.write("#draft-forms", "쿠쿠다스나다");
    page.eval(
        "(() => { const one = document.querySelector('#draft-class'); one.value = 'verb'; \
         one.dispatchEvent(new Event('change')); })()",
    );
    page.reads(".draft-inflections", "쿠쿠다스났는데");
    page.write("#draft-hits", "아주 쿠쿠다스 났네요");
    page.click(".choice:has(input[value=product_fault])");
    page.reads(".draft-check", "오류가 없습니다");
    page.click(".sample-picker [data-value=own]");
    page.write("#draft-sample", "벽시계가 쿠쿠다스 났어요\n배송지 바꿔 주세요");
    page.reads(".draft-effect .change", "쿠쿠다스 났어");
    page.reads(".draft-effect .change", "약한 불편");
    assert_eq!(page.texts(".draft-effect .change").len(), 1);
    page.reads(".toml", "id = \"product_fault.kukudaseunada\"");
    page.write("#draft-misses", "쿠쿠다스 났네");
    page.reads(".draft-check", "L007");
    page.stayed_home_and_well();
}

fn whole_file(world: &World) {
    let page = world.open_small("#lexicon/anger.jjajeung");
    page.reads(".entry", "짜증나다");
    page.click(".entry .actions .button:not(.primary)");
    page.sees("document.querySelector('#draft-file').value.includes('anger.jjajeung')");
    assert_eq!(page.eval("document.querySelector('#draft-path').value"), "signals/anger.toml");
    let line = page.eval("document.querySelector('#draft-file').value.slice(document.querySelector('#draft-file').selectionStart).split('\\n')[0]");
    assert_eq!(line, "[[entry]]", "the caret stands at the entry");
    page.eval(
        "(() => { const area = document.querySelector('#draft-file'); \
         area.value = area.value.replace(/(\"anger.jjajeung\"[^]*?weight = )[0-9.]+/, '$1-1.00'); \
         area.dispatchEvent(new Event('input')); })()",
    );
    page.reads(".file-state", "고친 줄 1");
    page.click(".sample-picker [data-value=own]");
    page.write("#draft-sample", "정말 짜증나네요");
    page.reads(".draft-effect", "1 판단이 달라짐");
    page.stayed_home_and_well();
}

fn reply(world: &World) {
    let page = world.open("#reply");
    page.write("#reply", "네, 고객님. 그건 안 돼요.");
    page.reads(".reply-findings", "안 돼요");
    let marks = page.texts(".reply-result mark").concat();
    assert!(marks.contains("안 돼요"), "{marks}");
    page.click(".reply-finding .sample");
    page.sees("!document.querySelector('#reply').value.includes('안 돼요')");
    page.stayed_home_and_well();
}

fn kept_nowhere(world: &World) {
    let page = world.open("#read");
    page.write("#message", "상담원 연결해 주세요 비밀낱말");
    page.sees("document.querySelector('.evidence-row')");
    page.go("#conversation");
    page.write("#conversation", "고객: 비밀낱말 답답해요");
    page.click("#read-conversation");
    page.sees("document.querySelector('.dot-button')");
    page.go("#draft");
    page.click(".sample-picker [data-value=own]");
    page.write("#draft-sample", "비밀낱말");
    let stores = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])";
    let kept = page.eval(stores);
    assert!(!kept.as_str().unwrap().contains("비밀낱말"), "{kept}");
}
