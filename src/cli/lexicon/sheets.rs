//! `nunchi lexicon export` and `import`: lexicons as spreadsheets and back.
//!
//! What people of spreadsheets read is Korean, as their sheets are.

use super::args::{ExportArgs, ImportArgs, SheetFormat};
use super::source;
use crate::cli::args::DataArgs;
use crate::cli::{FAILURE, input, settings, style};
use anyhow::{Context as _, bail};
use nunchi::editing;
use nunchi::editing::sheet::{
    Change, Kind, Plan, Sheet, SheetProblem, export, read_csv, read_workbook, write_csv,
    write_workbook,
};
use nunchi::loading;
use nunchi::resource::Resources;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) fn run_export(arguments: &ExportArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let resources = loading::resources(&settings(data)?)?;
    let sheets = export(&resources)?;
    let path = &arguments.out;
    let files: Vec<(PathBuf, Vec<u8>)> = match arguments.format {
        SheetFormat::Csv => {
            let file = |sheet: &Sheet| path.join(format!("{}.csv", sheet.kind.name()));
            sheets.iter().map(|sheet| (file(sheet), write_csv(sheet))).collect()
        }
        SheetFormat::Xlsx => {
            let workbook = write_workbook(&sheets).context("the workbook cannot be made")?;
            vec![(path.clone(), workbook)]
        }
    };
    editing::replace(&files)?;
    let mut out = anstream::stdout().lock();
    let rows: Vec<String> =
        sheets.iter().map(|sheet| format!("{} {}", sheet.kind.title(), sheet.rows.len())).collect();
    let ok = style::paint(style::GOOD, "ok");
    writeln!(out, "{ok}: {} ({})", path.display(), rows.join(", "))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn run_import(arguments: &ImportArgs) -> anyhow::Result<ExitCode> {
    let resources = Resources::from_dir(&arguments.into)?;
    let plan = read(&arguments.path)?
        .and_then(|sheets| Plan::new(&resources, &sheets, arguments.prune, input::today()));
    let mut out = anstream::stdout().lock();
    let plan = match plan {
        Ok(plan) => plan,
        Err(problems) => {
            for problem in &problems {
                writeln!(out, "{} {problem}", style::paint(style::BAD, "오류"))?;
            }
            let failed = style::paint(style::BAD, "실패");
            writeln!(out, "{failed}: 오류 {}개. 아무것도 쓰지 않았습니다.", problems.len())?;
            return Ok(ExitCode::from(FAILURE));
        }
    };
    for change in &plan.changes {
        writeln!(out, "{}", shown(change))?;
    }
    for (id, file) in &plan.missing {
        let missing = style::paint(style::WARN, "표에 없음");
        writeln!(out, "{missing} {id} ({file}): 그대로 둡니다. 지우려면 --prune")?;
    }
    if !arguments.dry_run {
        source::write(&arguments.into, &resources, &plan.files)?;
    }
    let (changes, files) = (plan.changes.len(), plan.files.len());
    let ok = style::paint(style::GOOD, "ok");
    let end = match (changes, arguments.dry_run) {
        (0, _) => "바뀐 것이 없습니다.".to_owned(),
        (_, true) => format!("파일 {files}개에서 {changes}곳이 바뀝니다. 아직 쓰지 않았습니다."),
        (_, false) => format!("파일 {files}개에서 {changes}곳을 바꾸었습니다."),
    };
    writeln!(out, "{ok}: {end}")?;
    Ok(ExitCode::SUCCESS)
}

/// The sheets of a workbook, of a CSV file, or of a folder of CSV files.
fn read(path: &Path) -> anyhow::Result<Result<Vec<Sheet>, Vec<SheetProblem>>> {
    let bytes = |path: &Path| {
        std::fs::read(path).with_context(|| format!("{}을(를) 읽을 수 없습니다", path.display()))
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if path.is_dir() {
        let file = |kind: Kind| path.join(format!("{}.csv", kind.name()));
        let found: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| file(*kind).is_file()).collect();
        if found.is_empty() {
            let names = Kind::ALL.map(|kind| format!("{}.csv", kind.name())).join(", ");
            bail!("{}에 가져올 파일이 없습니다: {names}", path.display());
        }
        let mut sheets = Vec::new();
        let mut problems = Vec::new();
        for kind in found {
            match read_csv(kind, &format!("{}.csv", kind.name()), &bytes(&file(kind))?) {
                Ok(sheet) => sheets.push(sheet),
                Err(problem) => problems.push(problem),
            }
        }
        return Ok(if problems.is_empty() { Ok(sheets) } else { Err(problems) });
    }
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("xlsx" | "xlsm") => Ok(read_workbook(&name, &bytes(path)?)),
        Some("csv") => {
            let stem = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
            let names = || Kind::ALL.map(|kind| format!("{}.csv", kind.name())).join(", ");
            let kind = Kind::named(&stem).with_context(|| {
                format!("{name}: 파일 이름이 종류를 말해야 합니다: {}", names())
            })?;
            Ok(read_csv(kind, &name, &bytes(path)?)
                .map(|sheet| vec![sheet])
                .map_err(|one| vec![one]))
        }
        _ => bail!("{name}: .xlsx, .csv, 또는 CSV가 든 폴더를 가져올 수 있습니다"),
    }
}

fn shown(change: &Change) -> String {
    let one_line = |text: &str| match text {
        "" => "(없음)".to_owned(),
        text => text.replace('\n', " ⏎ "),
    };
    match change {
        Change::Edited { id, file, key, before, after } => {
            let head = style::paint(style::HEAD, "고침");
            format!("{head} {id} {key}: {} → {} ({file})", one_line(before), one_line(after))
        }
        Change::Added { id, file } => {
            format!("{} {id} ({file})", style::paint(style::GOOD, "더함"))
        }
        Change::Moved { id, from, to } => {
            format!("{} {id}: {from} → {to}", style::paint(style::HEAD, "옮김"))
        }
        Change::Removed { id, file } => {
            format!("{} {id} ({file})", style::paint(style::BAD, "지움"))
        }
    }
}
