//! `nunchi lexicon export` and `import`: spreadsheets out and back, as people damage them.

use crate::files::{copy_lexicons, nunchi, text};
use nunchi::editing::sheet::{
    Cell, Kind, Sheet, export, read_csv, read_workbook, write_csv, write_workbook,
};
use nunchi::resource::Resources;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder of lexicons and a place for its sheets.
struct Desk {
    lexicons: TempDir,
    sheets: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { lexicons: copy_lexicons(), sheets: tempfile::tempdir().unwrap() }
    }

    fn folder(&self) -> &str {
        self.lexicons.path().to_str().unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.sheets.path().join(name)
    }

    fn export(&self, format: &str, name: &str) -> PathBuf {
        let (path, folder) = (self.path(name), self.folder());
        let out = path.to_str().unwrap();
        let run =
            nunchi(&["lexicon", "export", "--format", format, "--out", out, "--lexicons", folder]);
        assert!(run.status.success(), "{}", text(&run.stderr));
        path
    }

    /// Imports; what it said, and whether it succeeded.
    fn import(&self, path: &Path, flags: &[&str]) -> (String, bool) {
        let mut arguments =
            vec!["lexicon", "import", path.to_str().unwrap(), "--into", self.folder()];
        arguments.extend(flags);
        let run = nunchi(&arguments);
        (text(&run.stdout) + &text(&run.stderr), run.status.success())
    }

    /// Every file of the folder with its bytes.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.lexicons.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for item in std::fs::read_dir(folder).unwrap() {
                let path = item.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(path.clone(), std::fs::read(path).unwrap());
                }
            }
        }
        files
    }

    /// The lines that a change took from the files and those that it gave.
    fn changed(&self, before: &BTreeMap<PathBuf, Vec<u8>>) -> (Vec<String>, Vec<String>) {
        let after = self.files();
        let lines = |files: &BTreeMap<PathBuf, Vec<u8>>, path: &Path| -> Vec<String> {
            let bytes = files.get(path).cloned().unwrap_or_default();
            text(&bytes).lines().map(str::to_owned).collect()
        };
        let (mut gone, mut came) = (Vec::new(), Vec::new());
        for path in before.keys().chain(after.keys().filter(|path| !before.contains_key(*path))) {
            let (old, new) = (lines(before, path), lines(&after, path));
            if old == new {
                continue;
            }
            let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
            let rest = old.len().min(new.len()) - head;
            let tail = old.iter().rev().zip(new.iter().rev()).take(rest);
            let tail = tail.take_while(|(a, b)| a == b).count();
            gone.extend_from_slice(&old[head..old.len() - tail]);
            came.extend_from_slice(&new[head..new.len() - tail]);
        }
        (gone, came)
    }
}

fn sheet(sheets: &mut [Sheet], kind: Kind) -> &mut Sheet {
    sheets.iter_mut().find(|sheet| sheet.kind == kind).unwrap()
}

fn column(sheet: &Sheet, name: &str) -> usize {
    sheet.columns.iter().position(|column| column == name).unwrap()
}

fn set(sheets: &mut [Sheet], kind: Kind, id: &str, name: &str, value: &str) {
    let sheet = sheet(sheets, kind);
    let (at, key) =
        (column(sheet, name), column(sheet, if kind == Kind::Slot { "name" } else { "id" }));
    let row = sheet.rows.iter_mut().find(|row| row.cells[key] == Cell::Text(id.into())).unwrap();
    row.cells[at] = Cell::Text(value.into());
}

fn workbook(path: &Path) -> Vec<Sheet> {
    read_workbook("a.xlsx", &std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn untouched_sheets_change_not_one_byte() {
    let desk = Desk::new();
    let before = desk.files();
    for (format, name) in [("xlsx", "a.xlsx"), ("csv", "csv")] {
        let path = desk.export(format, name);
        let (said, ok) = desk.import(&path, &["--prune"]);
        assert!(ok && said.contains("바뀐 것이 없습니다"), "{said}");
        assert_eq!(desk.files(), before);
    }
}

#[test]
fn an_edited_cell_of_each_kind_changes_that_field_alone() {
    for (kind, id, field, value, gone, came) in [
        (Kind::Entry, "anger.jjajeung", "weight", "2.5", "weight = 2.00", "weight = 2.50"),
        (Kind::Entry, "anger.jjajeung", "gap", "3", "", "gap = 3"),
        (Kind::Exception, "exception.sibaljeom", "note", "", "note = \"始發點\"", ""),
        (Kind::Shifter, "negator.an-haedo", "factor", "0.1", "factor = 0.2", "factor = 0.1"),
        (Kind::Phrase, "anger.01", "levels", "0\n1", "levels = [1]", "levels = [0, 1]"),
        (
            Kind::Slot,
            "고객명",
            "example",
            "이바다 님",
            "example = \"김하늘 님\"",
            "example = \"이바다 님\"",
        ),
    ] {
        let desk = Desk::new();
        let before = desk.files();
        let mut sheets = export(&Resources::embedded()).unwrap();
        set(&mut sheets, kind, id, field, value);
        let sheet = sheet(&mut sheets, kind).clone();
        // Other sheets may be missing; a workbook for some kinds, a CSV file for the others.
        let (ending, bytes) = match kind {
            Kind::Entry | Kind::Slot => ("xlsx", write_workbook(&[sheet]).unwrap()),
            _ => ("csv", write_csv(&sheet)),
        };
        let path = desk.path(&format!("{}.{ending}", kind.name()));
        std::fs::write(&path, bytes).unwrap();
        if kind == Kind::Slot {
            let (said, ok) = desk.import(&path, &["--dry-run"]);
            assert!(ok && said.contains(id) && said.contains("1곳이 바뀝니다"), "{said}");
            assert_eq!(desk.files(), before, "a dry run writes nothing");
        }
        let (said, ok) = desk.import(&path, &[]);
        assert!(ok, "{said}");
        let line = |text: &str| if text.is_empty() { vec![] } else { vec![text.to_owned()] };
        assert_eq!(desk.changed(&before), (line(gone), line(came)), "{id} {field}");
    }
}

#[test]
fn a_new_row_is_a_new_table_and_a_removed_one_goes_only_when_asked() {
    let desk = Desk::new();
    let before = desk.files();
    let path = desk.export("xlsx", "a.xlsx");
    let mut sheets = workbook(&path);
    let entries = sheet(&mut sheets, Kind::Entry);
    let (id, mut row) = (column(entries, "id"), entries.rows[0].clone());
    row.cells.iter_mut().for_each(|cell| *cell = Cell::Text(String::new()));
    for (name, value) in [
        ("file", "signals/anger.toml"),
        ("id", "anger.kukudas"),
        ("forms", "쿠쿠다스나다"),
        ("class", "verb"),
        ("weight", "2"),
        ("hits", "쿠쿠다스 났네\n“정말” 쿠쿠다스 나겠어요"),
    ] {
        row.cells[column(entries, name)] = Cell::Text(value.into());
    }
    entries.rows.retain(|row| row.cells[id] != Cell::Text("churn.garatada".into()));
    entries.rows.push(row);
    std::fs::write(&path, write_workbook(&sheets).unwrap()).unwrap();
    let (said, ok) = desk.import(&path, &[]);
    assert!(ok && said.contains("표에 없음 churn.garatada"), "{said}");
    let added = "\n[[entry]]\nid = \"anger.kukudas\"\nforms = [\"쿠쿠다스나다\"]\nclass = \"verb\"\nweight = 2.0\nhits = [\"쿠쿠다스 났네\", \"\\\"정말\\\" 쿠쿠다스 나겠어요\"]";
    let lines: Vec<String> = added.lines().map(str::to_owned).collect();
    assert_eq!(desk.changed(&before), (vec![], lines));
    let middle = desk.files();
    let (said, ok) = desk.import(&path, &["--prune"]);
    assert!(ok && said.contains("지움 churn.garatada"), "{said}");
    let (gone, came) = desk.changed(&middle);
    assert!(gone.contains(&"id = \"churn.garatada\"".to_owned()), "{gone:?}");
    let heading = "# ── 갈아타기 ──".to_owned();
    assert!(came.contains(&heading) || !gone.contains(&heading), "{gone:?} {came:?}");
    assert!(nunchi(&["lexicon", "fmt", "--check", desk.folder()]).status.success());
}

#[test]
fn a_row_that_names_another_file_moves_its_table() {
    let desk = Desk::new();
    let path = desk.export("xlsx", "a.xlsx");
    let mut sheets = workbook(&path);
    set(&mut sheets, Kind::Exception, "exception.sibaljeom", "file", "exceptions/idiom.toml");
    std::fs::write(&path, write_workbook(&sheets).unwrap()).unwrap();
    let (said, ok) = desk.import(&path, &[]);
    assert!(ok && said.contains("옮김 exception.sibaljeom"), "{said}");
    let file = |name: &str| text(&desk.files()[&desk.lexicons.path().join(name)]);
    assert!(file("exceptions/idiom.toml").contains("exception.sibaljeom"));
    assert!(!file("exceptions/profanity.toml").contains("exception.sibaljeom"));
    assert!(file("exceptions/profanity.toml").contains("# --- 시발·씨발 ---"));
}

#[test]
fn columns_may_change_places_or_be_left_out_and_figures_may_be_written_otherwise() {
    let desk = Desk::new();
    let before = desk.files();
    let mut sheets = export(&Resources::embedded()).unwrap();
    let entries = sheet(&mut sheets, Kind::Entry);
    let (id, weight, gap) =
        (column(entries, "id"), column(entries, "weight"), column(entries, "gap"));
    let mut csv = String::from("gap;weight;;id\n");
    for row in &entries.rows {
        let cell = |at: usize| row.cells[at].text().unwrap();
        let whole = if cell(gap).is_empty() { String::new() } else { format!("{}.0", cell(gap)) };
        let figure: f64 = cell(weight).parse().unwrap();
        csv += &[whole.as_str(), &figure.to_string(), "", cell(id)].join(";");
        csv.push('\n');
    }
    csv += ";;;\n;;;\n";
    let path = desk.path("entries.csv");
    std::fs::write(&path, csv).unwrap();
    let (said, ok) = desk.import(&path, &["--prune"]);
    assert!(ok && said.contains("바뀐 것이 없습니다"), "{said}");
    assert_eq!(desk.files(), before);
}

#[test]
fn what_cp949_lost_is_not_taken_for_an_edit() {
    let desk = Desk::new();
    let before = desk.files();
    let path = desk.export("csv", "csv").join("entries.csv");
    let utf8 = std::fs::read_to_string(&path).unwrap();
    let lossy = |text: &str| -> Vec<u8> {
        let mut bytes = Vec::new();
        for ch in text.trim_start_matches('\u{FEFF}').chars() {
            let letter = ch.to_string();
            let (encoded, _, lost) = encoding_rs::EUC_KR.encode(&letter);
            let marks = "?".repeat(ch.len_utf16());
            bytes.extend_from_slice(if lost { marks.as_bytes() } else { &encoded });
        }
        bytes
    };
    std::fs::write(&path, lossy(&utf8)).unwrap();
    let (said, ok) = desk.import(&path, &[]);
    assert!(ok && said.contains("바뀐 것이 없습니다"), "{said}");
    assert_eq!(desk.files(), before);
    // An edited cell that had such letters cannot be trusted.
    let sheet = read_csv(Kind::Entry, "entries.csv", utf8.as_bytes()).unwrap();
    let (hits, row) = (
        column(&sheet, "hits"),
        sheet
            .rows
            .iter()
            .find(|row| {
                row.cells.iter().any(|cell| cell.text().is_some_and(|text| text.starts_with("😡")))
            })
            .unwrap(),
    );
    let old = row.cells[hits].text().unwrap();
    let first = old.lines().find(|line| line.contains('😡')).unwrap();
    let edited = utf8.replacen(first, &format!("{first} 정말"), 1);
    std::fs::write(&path, lossy(&edited)).unwrap();
    let (said, ok) = desk.import(&path, &[]);
    assert!(!ok && said.contains("CP949") && said.contains("😡"), "{said}");
    assert_eq!(desk.files(), before);
}

#[test]
fn everything_that_is_wrong_is_named_at_once_with_its_cell_and_nothing_is_written() {
    let desk = Desk::new();
    let before = desk.files();
    let path = desk.path("entries.csv");
    let rows = "file,id,forms,class,weight,hits,비고\r\n\
        ,anger.jjajeung,,noun,2.0,정말 짜증나네요,x\r\n\
        signals/anger.toml,anger.jjajeung,짜증,noun,2.0,정말 짜증나네요,\r\n\
        signals/anger.toml,anger.singyeongjil,4월 5일,verb,\"2,5\",#NAME?,\r\n\
        signals/angry.toml,anger.new,쿠쿠다스,명사,,쿠쿠다스네,\r\n\
        signals/anger.toml,,쿠쿠다스,noun,1,쿠쿠다스네,\r\n";
    std::fs::write(&path, rows).unwrap();
    let (said, ok) = desk.import(&path, &[]);
    assert!(!ok);
    for expected in [
        "entries.csv 1행 G열(비고): `비고`",
        "entries.csv 2행 C열(forms): `forms`은(는) 비울 수 없습니다",
        "entries.csv 3행 B열(id): `anger.jjajeung`가 2행에도 있습니다",
        "entries.csv 4행 C열(forms): `4월 5일`",
        "entries.csv 4행 E열(weight): `2,5`은(는) 숫자가 아닙니다",
        "entries.csv 4행 F열(hits): 수식으로 읽혀 오류(#NAME?)",
        "entries.csv 5행 A열(file): `signals/angry.toml`",
        "entries.csv 5행 D열(class): `명사`은(는) 쓸 수 없는 값입니다",
        "entries.csv 5행 E열(weight): 새 줄에 `weight`가 비어 있습니다",
        "entries.csv 6행 B열(id): `id`가 비어 있습니다",
        "아무것도 쓰지 않았습니다",
    ] {
        assert!(said.contains(expected), "no `{expected}` in\n{said}");
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn an_edit_that_breaks_an_example_is_refused_with_its_row() {
    let desk = Desk::new();
    let before = desk.files();
    let path = desk.export("xlsx", "a.xlsx");
    let mut sheets = workbook(&path);
    set(&mut sheets, Kind::Entry, "anger.jjajeung", "hits", "배송지 변경하고 싶어요");
    std::fs::write(&path, write_workbook(&sheets).unwrap()).unwrap();
    let (said, ok) = desk.import(&path, &[]);
    let entries = sheet(&mut sheets, Kind::Entry);
    let id = column(entries, "id");
    let row = entries.rows.iter().find(|row| row.cells[id].text() == Some("anger.jjajeung"));
    let place = format!("항목 {}행: 사전 검사 L006", row.unwrap().number);
    assert!(!ok && said.contains(&place), "{said}");
    assert_eq!(desk.files(), before);
}

#[test]
fn cells_that_excel_made_into_formulas_dates_and_errors_are_refused() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let desk = Desk::new();
    let path = desk.path("a.xlsx");
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name("항목").unwrap();
    for (at, head) in (0..).zip(["id", "forms", "hits", "misses", "weight"]) {
        page.write_string(0, at, head).unwrap();
    }
    page.write_string(1, 0, "anger.jjajeung").unwrap();
    page.write_formula(1, 1, "=안+되다").unwrap();
    let date = ExcelDateTime::from_ymd(2026, 3, 4).unwrap();
    page.write_datetime_with_format(1, 2, &date, &Format::new().set_num_format("m/d")).unwrap();
    page.write_number(1, 4, 2.0).unwrap();
    page.set_column_hidden(5).unwrap();
    page.write_string(0, 5, "숨은열").unwrap();
    book.save(&path).unwrap();
    let (said, ok) = desk.import(&path, &[]);
    assert!(!ok);
    for expected in [
        "항목 2행 B열(forms): 수식이 된 칸입니다: =안+되다",
        "항목 2행 C열(hits): 스프레드시트가 날짜로 바꾼 칸입니다",
        "항목 1행 F열(숨은열): `숨은열`",
    ] {
        assert!(said.contains(expected), "no `{expected}` in\n{said}");
    }
    assert!(!said.contains("(weight)"), "2 is 2.00: {said}");
}

#[test]
fn windows_line_ends_stay_where_a_cell_is_edited() {
    let desk = Desk::new();
    let file = desk.lexicons.path().join("signals/anger.toml");
    let windows = std::fs::read_to_string(&file).unwrap().replace('\n', "\r\n");
    std::fs::write(&file, &windows).unwrap();
    let mut sheets = export(&Resources::embedded()).unwrap();
    set(&mut sheets, Kind::Entry, "anger.jjajeung", "weight", "2.125");
    let path = desk.path("entries.csv");
    std::fs::write(&path, write_csv(sheet(&mut sheets, Kind::Entry))).unwrap();
    let (said, ok) = desk.import(&path, &[]);
    assert!(ok && said.contains("1곳을"), "{said}");
    let after = std::fs::read_to_string(&file).unwrap();
    assert_ne!(after, windows);
    assert_eq!(after.replacen("weight = 2.125\r\n", "weight = 2.00\r\n", 1), windows);
}

#[test]
fn items_in_an_inline_list_are_refused_instead_of_left_out() {
    let desk = Desk::new();
    let path = desk.export("xlsx", "a.xlsx");
    let inline = desk.lexicons.path().join("exceptions/inline.toml");
    let entry = "exception = [ { id = \"exception.kukudas\", forms = [\"쿠쿠다스\"], class = \"noun\", covers = [\"anger\"] } ]\n";
    std::fs::write(&inline, entry).unwrap();
    let mut sheets = workbook(&path);
    set(&mut sheets, Kind::Exception, "exception.sibaljeom", "file", "exceptions/inline.toml");
    std::fs::write(&path, write_workbook(&sheets).unwrap()).unwrap();
    let before = desk.files();
    let (said, ok) = desk.import(&path, &["--prune"]);
    assert!(!ok && said.contains("exceptions/inline.toml") && said.contains("[[exception]]"));
    assert_eq!(desk.files(), before);
    let out = desk.path("b.xlsx");
    let run = nunchi(&[
        "lexicon",
        "export",
        "--format",
        "xlsx",
        "--out",
        out.to_str().unwrap(),
        "--lexicons",
        desk.folder(),
    ]);
    assert!(!run.status.success() && text(&run.stderr).contains("exceptions/inline.toml"));
    assert!(!out.exists());
}

#[test]
fn what_is_no_sheet_of_ours_is_explained() {
    let desk = Desk::new();
    let path = desk.path("a.xlsx");
    std::fs::write(&path, "no workbook").unwrap();
    assert!(desk.import(&path, &[]).0.contains("XLSX 통합 문서로 읽을 수 없습니다"));
    let path = desk.path("단어.csv");
    std::fs::write(&path, "id\n").unwrap();
    assert!(desk.import(&path, &[]).0.contains("entries.csv"));
    let empty = desk.path("empty");
    std::fs::create_dir(&empty).unwrap();
    assert!(desk.import(&empty, &[]).0.contains("가져올 파일이 없습니다"));
}
