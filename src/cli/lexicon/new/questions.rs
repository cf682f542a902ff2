//! The questions that make an entry.

use dialoguer::theme::ColorfulTheme;
use dialoguer::{Confirm, Input, Select};
use nunchi::domain::Signal;
use nunchi::editing::class_named;
use nunchi::lexicon::Class;

/// The classes with examples, as the guide for linguists explains them.
const CLASSES: [(&str, &str); 14] = [
    ("하다", "답답하다 → 답답해, 답답하네, 답답은 하지만"),
    ("verb", "기다리다, 짜증나다 → 기다려, 짜증이 나네 (흔한 불규칙은 알아서)"),
    ("adjective", "늦다, 느리다 → 늦어요, 느린"),
    ("noun", "환불, 짜증 → 환불이, 환불해, 환불금"),
    ("phrase", "말귀 못 알아듣다 → 여러 낱말"),
    ("emoticon", "ㅠㅠ, -_-, 😡"),
    ("exact", "잖아요, ㅅㅂ → 적힌 글자 그대로"),
    ("ㅂ", "괴롭다 → 괴로워, 괴로우니"),
    ("ㄷ", "듣다 → 들어요, 들으니"),
    ("ㅅ", "낫다 → 나아요"),
    ("르", "모르다 → 몰라요"),
    ("ㅎ", "그렇다 → 그래요"),
    ("으", "나쁘다 → 나빠요"),
    ("regular", "굽다(등이) → 불규칙 목록과 달리 규칙으로"),
];

const SCALE: &str = "불편의 무게\n  4 이상 혼자서 심함 (위협, 화난 욕설)\n  2.0–2.5 혼자서 뚜렷함 (짜증, 답답하다)\n  1.0–1.3 혼자서 가벼움 (자꾸 오류)\n  0.2–0.6 약한 단서 (아직, 자꾸)\n  0 신호만 (상담원 요청)\n  음수 불편을 낮춤 (감사 -1.5)";

/// Asks at the terminal.
#[derive(Default)]
pub(super) struct Asker {
    theme: ColorfulTheme,
}

impl Asker {
    pub(super) fn forms(&self) -> anyhow::Result<Vec<String>> {
        let mut forms = vec![
            Input::with_theme(&self.theme).with_prompt("기본형 (예: 답답하다)").interact_text()?,
        ];
        forms.extend(self.lines("뜻과 무게가 같은 다른 꼴 (없으면 Enter)")?);
        Ok(forms)
    }

    pub(super) fn class(&self, guess: Class) -> anyhow::Result<Class> {
        let first = CLASSES.iter().position(|(name, _)| *name == guess.name()).unwrap_or(0);
        let items = CLASSES.map(|(name, about)| format!("{name:<10} {about}"));
        let chosen = Select::with_theme(&self.theme)
            .with_prompt("갈래")
            .items(items)
            .default(first)
            .interact()?;
        Ok(CLASSES.get(chosen).and_then(|(name, _)| class_named(name)).unwrap_or(guess))
    }

    pub(super) fn signal(&self) -> anyhow::Result<Signal> {
        let chosen = Select::with_theme(&self.theme)
            .with_prompt("신호")
            .items(Signal::CODES)
            .default(0)
            .interact()?;
        Ok(Signal::ALL.get(chosen).copied().unwrap_or(Signal::Anger))
    }

    pub(super) fn weight(&self) -> anyhow::Result<f64> {
        anstream::eprintln!("{SCALE}");
        let range = |weight: &f64| {
            if (-4.0..=6.0).contains(weight) { Ok(()) } else { Err("-4에서 6까지입니다") }
        };
        Ok(Input::with_theme(&self.theme)
            .with_prompt("무게")
            .default(2.0)
            .validate_with(range)
            .interact_text()?)
    }

    pub(super) fn hits(&self) -> anyhow::Result<Vec<String>> {
        let mut hits = vec![
            Input::with_theme(&self.theme)
                .with_prompt("찾아야 할 문장 (직접 지어서)")
                .interact_text()?,
        ];
        hits.extend(self.lines("또 찾아야 할 문장 (없으면 Enter)")?);
        Ok(hits)
    }

    pub(super) fn misses(&self) -> anyhow::Result<Vec<String>> {
        self.lines("찾으면 안 될, 닮은 보통 문장 (없으면 Enter)")
    }

    pub(super) fn note(&self) -> anyhow::Result<String> {
        Ok(Input::with_theme(&self.theme)
            .with_prompt("메모 (없으면 Enter)")
            .allow_empty(true)
            .interact_text()?)
    }

    pub(super) fn id(&self, proposed: &str) -> anyhow::Result<String> {
        Ok(Input::with_theme(&self.theme)
            .with_prompt("id")
            .default(proposed.to_owned())
            .interact_text()?)
    }

    pub(super) fn confirm(&self, question: &str) -> anyhow::Result<bool> {
        Ok(Confirm::with_theme(&self.theme).with_prompt(question).default(true).interact()?)
    }

    /// Texts until a blank one.
    fn lines(&self, prompt: &str) -> anyhow::Result<Vec<String>> {
        let mut texts = Vec::new();
        loop {
            let text: String = Input::with_theme(&self.theme)
                .with_prompt(prompt)
                .allow_empty(true)
                .interact_text()?;
            if text.trim().is_empty() {
                return Ok(texts);
            }
            texts.push(text.trim().to_owned());
        }
    }
}
