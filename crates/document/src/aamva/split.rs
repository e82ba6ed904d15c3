//! From the text after the header to elements, however the separators were treated on the way.

use super::element::{element_name, fixed_length};
use super::finding::Finding;
use super::licence::Element;

/// Longer values stand in no element of the standard; a longer line has lost its separators.
const LONGEST_LINE: usize = 110;
/// A payload has a few dozen elements.
const MOST_ELEMENTS: usize = 400;

/// Elements in their order. `kinds` are the directory's; `own_separator` one that the header declares.
pub(super) fn elements(
    body: &str,
    kinds: &[&str],
    own_separator: Option<char>,
    findings: &mut Vec<Finding>,
) -> Vec<Element> {
    let lines: Vec<&str> = body
        .split(|character: char| is_separator(character) || Some(character) == own_separator)
        .map(str::trim_start)
        .collect();
    // Jurisdictions' subfiles that the directory promises and no line begins with.
    let run_in: Vec<&str> = kinds
        .iter()
        .copied()
        .filter(|kind| kind.starts_with('Z') && !lines.iter().any(|line| line.starts_with(kind)))
        .collect();
    let subfile = kinds.first().copied().unwrap_or("DL").to_owned();
    let mut out = Out { elements: Vec::new(), subfile, run_in, findings };
    for line in lines {
        if out.elements.len() >= MOST_ELEMENTS {
            break;
        }
        out.line(line);
    }
    out.elements
}

/// LF, CR, and the information separators FS, GS, RS and US.
pub(super) fn is_separator(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{1c}'..='\u{1f}')
}

struct Out<'a> {
    elements: Vec<Element>,
    subfile: String,
    run_in: Vec<&'a str>,
    findings: &'a mut Vec<Finding>,
}

impl Out<'_> {
    fn line(&mut self, line: &str) {
        let joined = line.len() > LONGEST_LINE;
        let mut rest = line;
        while !rest.is_empty() && self.elements.len() < MOST_ELEMENTS {
            if let Some(subfile) = designator(rest) {
                subfile.clone_into(&mut self.subfile);
                rest = rest[2..].trim_start();
                continue;
            }
            let Some((id, value)) = element(rest) else {
                if rest.trim().len() > 2 {
                    self.note(Finding::StrayText);
                }
                return;
            };
            let end = self.end(id, value, joined);
            self.elements.push(Element {
                subfile: self.subfile.clone(),
                id: id.to_owned(),
                name: element_name(id),
                value: value[..end].trim().to_owned(),
            });
            rest = value[end..].trim_start();
        }
    }

    fn note(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// Where a value ends: at the end of its line, unless a separator is missing.
    fn end(&mut self, id: &str, value: &str, joined: bool) -> usize {
        if let Some(end) = self.run_in.iter().find_map(|kind| value.find(&kind.repeat(2))) {
            self.note(Finding::SeparatorsMissing);
            return end;
        }
        if !id.starts_with('D') {
            return value.len();
        }
        let known = |at: usize| {
            let next = value.get(at..at + 3).filter(|next| *next != id && guessable(next, &value[at + 3..]));
            next.is_some_and(|next| self.elements.iter().all(|seen| seen.id != next))
        };
        let end = match fixed_length(id) {
            Some(length) if value.len() > length => known(length).then_some(length),
            None if joined => (0..value.len()).filter(|at| value.is_char_boundary(*at)).find(|at| known(*at)),
            _ => None,
        };
        if end.is_some() {
            self.note(Finding::SeparatorsMissing);
        }
        end.unwrap_or(value.len())
    }
}

/// Whether these letters may be taken for an element where no separator says so: one in use since 2003, and a date
/// only before digits.
fn guessable(id: &str, value: &str) -> bool {
    const STREETS_AND_OTHERS_OF_2000: [&str; 12] =
        ["DAA", "DAB", "DAE", "DAL", "DAM", "DAN", "DAO", "DAP", "DAR", "DAS", "DAT", "DAV"];
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    id.starts_with('D')
        && element_name(id).is_some()
        && !STREETS_AND_OTHERS_OF_2000.contains(&id)
        && (!id.starts_with("DB") || "ABCD".contains(&id[2..]))
        && (fixed_length(id) != Some(8) || digits >= 8)
}

/// `DL`, `ID` or `EN` before an element or alone, and `ZX` before an element `ZX.`.
fn designator(line: &str) -> Option<&str> {
    let head = line.get(..2)?;
    let rest = &line[2..];
    let standard = matches!(head, "DL" | "ID" | "EN");
    let follows = rest.get(..3).is_some_and(|id| element_name(id).is_some());
    if standard && (follows || rest.trim().is_empty()) {
        return Some(head);
    }
    let own = head.starts_with('Z') && head.bytes().all(|byte| byte.is_ascii_uppercase());
    (own && (rest.starts_with(head) || rest.trim().is_empty())).then_some(head)
}

fn element(line: &str) -> Option<(&str, &str)> {
    let id = line.get(..3)?;
    let letters = id.starts_with(|first: char| first.is_ascii_uppercase())
        && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    letters.then(|| (id, &line[3..]))
}

#[cfg(test)]
mod tests {
    use super::elements;

    fn pairs(body: &str) -> Vec<(String, String, String)> {
        let found = elements(body, &["DL", "ZW"], None, &mut Vec::new());
        found.into_iter().map(|element| (element.subfile, element.id, element.value)).collect()
    }

    fn triple(subfile: &str, id: &str, value: &str) -> (String, String, String) {
        (subfile.into(), id.into(), value.into())
    }

    #[test]
    fn lines_become_elements_of_their_subfiles() {
        assert_eq!(
            pairs("DLDCAD\nDCB\rZCZCANONE\nZCB1"),
            [
                triple("DL", "DCA", "D"),
                triple("DL", "DCB", ""),
                triple("ZC", "ZCA", "NONE"),
                triple("ZC", "ZCB", "1")
            ]
        );
    }

    #[test]
    fn missing_separators_are_found_again() {
        assert_eq!(
            pairs("DAJWI\nDDB03162012MZWZWA54152\nDBB01311990DBC1"),
            [
                triple("DL", "DAJ", "WI"),
                triple("DL", "DDB", "03162012M"),
                triple("ZW", "ZWA", "54152"),
                triple("ZW", "DBB", "01311990"),
                triple("ZW", "DBC", "1"),
            ]
        );
        let joined = "DAQD12345678DCSDOUGLASDDENDACADAMDDFNDADNONEDDGNDCADDCBNONEDCDNONEDBD01012020DBB01011990DBA01012028DBC1DAU069 INDAYBLU";
        assert!(pairs(joined).contains(&triple("DL", "DCS", "DOUGLAS")), "{:?}", pairs(joined));
        assert!(pairs(joined).contains(&triple("DL", "DAY", "BLU")));
    }
}
