//! `nunchi lexicon new`: an entry from a few questions, or from flags where nobody can be asked.
//!
//! Whoever is asked here is a linguist, so questions and findings are Korean.

mod questions;

use super::args::NewArgs;
use super::source;
use crate::cli::args::DataArgs;
use crate::cli::{FAILURE, input, settings, style};
use anyhow::{Context as _, anyhow, bail};
use nunchi::analysis::{Analyzer, check};
use nunchi::domain::Signal;
use nunchi::editing::{Draft, class_named, class_of, id_for};
use nunchi::lexicon::{Class, Role};
use nunchi::resource::{Diagnostic, Resources, Severity, SourceFile};
use questions::Asker;
use std::io::{IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Inflected forms that are shown of a form.
const SHOWN: usize = 12;

pub(super) fn run(arguments: &NewArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let asker =
        (std::io::stdin().is_terminal() && std::io::stderr().is_terminal()).then(Asker::default);
    let asker = asker.as_ref();
    if asker.is_none() {
        refuse_what_is_missing(arguments)?;
    }
    let folder = folder(arguments, data)?;
    let resources = Resources::from_dir(&folder)?;
    let analyzer = Analyzer::build(&resources)
        .map_err(|problems| anyhow!("먼저 사전의 오류를 고쳐야 합니다:\n{problems}"))?;
    let mut out = anstream::stdout().lock();
    let bench = Bench { arguments, folder: &folder, resources: &resources, analyzer: &analyzer };
    let mut draft = bench.first_answers(asker, &mut out)?;
    let file = loop {
        let (file, problems) = bench.tried(&draft.draft, &draft.file)?;
        if problems.is_empty() {
            break file;
        }
        for problem in &problems {
            writeln!(out, "{} {problem}", style::paint(style::BAD, "오류"))?;
        }
        let again = match asker {
            Some(asker) => asker.confirm("예문을 고쳐 다시 해 볼까요?")?,
            None => false,
        };
        let Some(asker) = asker.filter(|_| again) else {
            writeln!(out, "{}: 아무것도 쓰지 않았습니다.", style::paint(style::BAD, "실패"))?;
            return Ok(ExitCode::from(FAILURE));
        };
        draft.draft.hits = asker.hits()?;
        draft.draft.misses = asker.misses()?;
    };
    writeln!(out, "\n{}\n{}", style::paint(style::HEAD, &draft.file), draft.draft.text())?;
    let agreed = arguments.yes
        || match asker {
            Some(asker) => asker.confirm("이대로 쓸까요?")?,
            None => false,
        };
    if !agreed {
        writeln!(out, "아무것도 쓰지 않았습니다.")?;
        return Ok(ExitCode::SUCCESS);
    }
    let path = folder.join(&file.path);
    source::write(&folder, &resources, &[file])?;
    let ok = style::paint(style::GOOD, "ok");
    writeln!(out, "{ok}: {}에 {}을(를) 더했습니다.", path.display(), draft.draft.id)?;
    Ok(ExitCode::SUCCESS)
}

/// Names every flag without which an entry cannot be made.
fn refuse_what_is_missing(arguments: &NewArgs) -> anyhow::Result<()> {
    let missing: Vec<&str> = [
        (arguments.form.is_empty(), "--form"),
        (arguments.into.is_none() && arguments.signal.is_empty(), "--signal (또는 --into)"),
        (arguments.weight.is_none(), "--weight"),
        (arguments.hit.is_empty(), "--hit"),
        (!arguments.yes, "--yes"),
    ]
    .into_iter()
    .filter_map(|(is_missing, flag)| is_missing.then_some(flag))
    .collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!("물어볼 터미널이 없습니다. 다음 옵션을 적어 주세요: {}", missing.join(", "))
}

/// The folder of lexicons: that of the settings, or the one that `--into` lies in.
fn folder(arguments: &NewArgs, data: &DataArgs) -> anyhow::Result<PathBuf> {
    if let Some(folder) = settings(data)?.lexicons.dir {
        return Ok(folder);
    }
    let file = arguments.into.as_deref().filter(|file| file.is_file());
    let folder = file.and_then(Path::parent).and_then(Path::parent);
    let folder = folder.map(|folder| {
        if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
    });
    folder.context("사전 폴더를 알 수 없습니다. --lexicons 폴더를 적어 주세요")
}

/// A draft and the file that it goes into.
struct Answers {
    draft: Draft,
    file: String,
}

/// What a new entry is made against.
struct Bench<'b> {
    arguments: &'b NewArgs,
    folder: &'b Path,
    resources: &'b Resources,
    analyzer: &'b Analyzer,
}

impl Bench<'_> {
    /// Takes what flags say and asks for the rest.
    fn first_answers(
        &self,
        asker: Option<&Asker>,
        out: &mut impl Write,
    ) -> anyhow::Result<Answers> {
        let arguments = self.arguments;
        let forms = match (asker, arguments.form.as_slice()) {
            (Some(asker), []) => asker.forms()?,
            (_, given) => given.to_vec(),
        };
        let forms: Vec<String> = forms.iter().map(|form| form.trim().to_owned()).collect();
        let first = forms.iter().find(|form| !form.is_empty()).context("꼴이 비어 있습니다")?;
        let class = match (&arguments.class, asker) {
            (Some(name), _) => {
                class_named(name).with_context(|| format!("`{name}`(이)라는 갈래는 없습니다"))?
            }
            (None, Some(asker)) => asker.class(class_of(first))?,
            (None, None) => class_of(first),
        };
        self.show_forms(&forms, class, out)?;
        let signals = match (asker, arguments.signal.as_slice()) {
            (Some(asker), []) if arguments.into.is_none() => vec![asker.signal()?],
            (_, given) => given
                .iter()
                .map(|code| code.parse::<Signal>().map_err(|error| anyhow!("{code}: {error}")))
                .collect::<anyhow::Result<_>>()?,
        };
        let file = self.file(&signals)?;
        let weight = match (arguments.weight, asker) {
            (Some(weight), _) => weight,
            (None, Some(asker)) => asker.weight()?,
            (None, None) => 0.0,
        };
        let hits = match (asker, arguments.hit.as_slice()) {
            (Some(asker), []) => asker.hits()?,
            (_, given) => given.to_vec(),
        };
        let misses = match (asker, arguments.miss.as_slice()) {
            (Some(asker), []) => asker.misses()?,
            (_, given) => given.to_vec(),
        };
        let note = match (&arguments.note, asker) {
            (Some(note), _) => note.clone(),
            (None, Some(asker)) => asker.note()?,
            (None, None) => String::new(),
        };
        let theme = Path::new(&file).file_stem().map(|stem| stem.to_string_lossy());
        let taken = |id: &str| self.analyzer.lexicon().by_id(id).is_some();
        let proposed = id_for(&theme.unwrap_or_default(), first, taken);
        let id = match (&arguments.id, asker) {
            (Some(id), _) => id.clone(),
            (None, Some(asker)) => asker.id(&proposed)?,
            (None, None) => proposed,
        };
        let signals = self.own_signals(&file, &signals);
        let draft = Draft { id, forms, class, weight, signals, hits, misses, note };
        Ok(Answers { draft, file })
    }

    /// Shows what the forms match, and who matches them already.
    fn show_forms(
        &self,
        forms: &[String],
        class: Class,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        let lexicon = self.analyzer.lexicon();
        writeln!(out, "{} {}", style::paint(style::HEAD, "갈래"), class.name())?;
        for form in forms {
            match lexicon.inflections(form, class, None, None) {
                Ok(found) => {
                    let (stems, shown) =
                        (found.stems.join(", "), found.examples.iter().take(SHOWN));
                    let shown: Vec<&str> = shown.map(String::as_str).collect();
                    writeln!(out, "{} {form}: {stems}", style::paint(style::HEAD, "어간"))?;
                    writeln!(out, "{} {}", style::paint(style::HEAD, "찾는 꼴"), shown.join(", "))?;
                    self.warn_of_others(form, found.examples.first(), out)?;
                }
                Err(error) => bail!("{form}: {error}"),
            }
        }
        Ok(())
    }

    fn warn_of_others(
        &self,
        form: &str,
        example: Option<&String>,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        let lexicon = self.analyzer.lexicon();
        let mut known: Vec<&str> = [Some(form), example.map(String::as_str)]
            .into_iter()
            .flatten()
            .flat_map(|text| lexicon.matching(text))
            .filter(|item| matches!(item.role, Role::Entry(_)))
            .map(|item| item.id.as_str())
            .collect();
        known.sort_unstable();
        known.dedup();
        if !known.is_empty() {
            let warning = style::paint(style::WARN, "주의");
            writeln!(out, "{warning} {form}: 이미 찾는 항목이 있습니다: {}", known.join(", "))?;
        }
        Ok(())
    }

    /// The file of the lexicon that `--into` names, or the one of the first signal.
    fn file(&self, signals: &[Signal]) -> anyhow::Result<String> {
        let path = match (&self.arguments.into, signals.first()) {
            (Some(into), _) => {
                let inside = into.strip_prefix(self.folder).unwrap_or(into);
                inside
                    .components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/")
            }
            (None, Some(signal)) => format!("signals/{}.toml", signal.code()),
            (None, None) => bail!("신호도 파일도 정해지지 않았습니다"),
        };
        if path.starts_with("signals/") && self.resources.get(&path).is_some() {
            return Ok(path);
        }
        let known: Vec<&str> =
            self.resources.below("signals/").map(|file| file.path.as_str()).collect();
        bail!(
            "`{path}`은(는) 항목이 담긴 파일이 아닙니다. 다음 가운데에서 고릅니다: {}",
            known.join(", ")
        )
    }

    /// The signals that the entry must name itself, because its file has others.
    fn own_signals(&self, file: &str, signals: &[Signal]) -> Option<Vec<String>> {
        let codes: Vec<String> = signals.iter().map(|one| one.code().to_owned()).collect();
        let text = self.resources.get(file).map(|file| file.text.as_str()).unwrap_or_default();
        let root: toml::Table = text.parse().unwrap_or_default();
        let of_file: Vec<String> =
            root.get("signals").and_then(|list| list.clone().try_into().ok()).unwrap_or_default();
        (!codes.is_empty() && codes != of_file).then_some(codes)
    }

    /// The file with the entry, and what the check of lexicons then finds.
    fn tried(&self, draft: &Draft, file: &str) -> anyhow::Result<(SourceFile, Vec<Diagnostic>)> {
        let appended = self.resources.get(file).and_then(|file| draft.appended(file));
        let file = appended.with_context(|| {
            format!("{file}: 항목이 [[entry]] 꼴로 적혀 있지 않아 더할 수 없습니다")
        })?;
        let findings = check(&self.resources.overlaid([file.clone()]), input::today()).sorted();
        let errors = findings.into_iter().filter(|one| one.severity == Severity::Error);
        Ok((file, errors.collect()))
    }
}
