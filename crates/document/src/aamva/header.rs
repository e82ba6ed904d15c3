//! The header and the directory of subfiles (annex D.12.3 and D.12.4).

use serde::Serialize;

use super::element::element_name;

/// One entry of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subfile {
    /// `DL`, `ID`, `EN`, or `Z` and the jurisdiction's letter.
    pub kind: String,
    /// Bytes from the beginning of the payload, as the directory says; often wrong in practice.
    pub offset: usize,
    pub length: usize,
}

/// What the header says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Header {
    /// Issuer identification number, six digits.
    pub issuer_number: String,
    /// 0: before 2000, 1: 2000, 2: 2003, 3: 2005, 4: 2009, 5: 2010, 6: 2011, 7: 2012, 8: 2013, 9: 2016, 10: 2020, 11: 2025.
    pub version: u8,
    /// The jurisdiction's own version; version 0 and 1 have none.
    pub jurisdiction_version: Option<u8>,
    pub subfiles: Vec<Subfile>,
}

/// The header in a text and where the subfiles begin; `None` if there is none. Text before the header is passed over.
pub(super) fn read(text: &str) -> Option<(Header, usize)> {
    let upper = text.to_ascii_uppercase();
    let (at, digits) = ["ANSI", "AAMVA"]
        .into_iter()
        .flat_map(|marker| upper.match_indices(marker).map(|(at, marker)| at + marker.len()))
        .find_map(|at| {
            let spaces = upper[at..].len() - upper[at..].trim_start_matches(' ').len();
            let at = at + spaces;
            let digits = upper[at..].bytes().take(12).take_while(u8::is_ascii_digit).count();
            (digits >= 8).then_some((at, digits))
        })?;
    let number = |from: usize| text.get(at + from..at + from + 2).and_then(|two| two.parse::<u8>().ok());
    let version = number(6)?;
    // Two digits more since 2003: the jurisdiction's version.
    let jurisdiction_version = if digits >= 12 || version > 1 && digits >= 10 { number(8) } else { None };
    let mut end = at + digits;
    let mut subfiles = Vec::new();
    while let Some(subfile) = entry(text.get(end..end + 10).unwrap_or_default()) {
        subfiles.push(subfile);
        end += 10;
    }
    let header =
        Header { issuer_number: text[at..at + 6].to_owned(), version, jurisdiction_version, subfiles };
    Some((header, end))
}

/// `DL00410266`: kind, offset, length.
fn entry(text: &str) -> Option<Subfile> {
    let kind = text.get(..2).filter(|kind| kind.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    let number = |from: usize| {
        let digits = text.get(from..from + 4)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    Some(Subfile { kind: kind.to_ascii_uppercase(), offset: number(2)?, length: number(6)? })
}

/// Where the first known element stands at or after `from`: directories are at times garbled or a designator missing.
/// A designator may run into its first element (`IDDAQ`), so it is looked for first.
pub(super) fn first_element(text: &str, from: usize) -> Option<usize> {
    let known =
        |at: usize| text.get(at..at + 3).is_some_and(|id| id.starts_with('D') && element_name(id).is_some());
    (from..text.len().min(from + 4096)).find_map(|at| {
        let designator = text.get(at..at + 2).is_some_and(|two| matches!(two, "DL" | "ID" | "EN"));
        if designator && known(at + 2) { Some(at + 2) } else { known(at).then_some(at) }
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn headers_of_all_times_are_read() {
        for (text, number, version, own, subfiles, rest) in [
            ("@\n\u{1e}\rANSI 636020080002DL00410266ZC03040010DL\nDCA", "636020", 8, Some(0), 2, "DL\nDCA"),
            ("@\n\nANSI 6360430102DL00390197ZD02360003DLDAA", "636043", 1, None, 2, "DLDAA"),
            ("@\n\u{1e}\nAAMVA6360060101DL00290184DAAWANG", "636006", 1, None, 1, "DAAWANG"),
            ("xx ANSI990876030001DLabacDLDCS", "990876", 3, Some(0), 0, "DLabacDLDCS"),
        ] {
            let (header, end) = read(text).expect(text);
            assert_eq!((header.issuer_number.as_str(), header.version), (number, version), "{text}");
            assert_eq!((header.jurisdiction_version, header.subfiles.len()), (own, subfiles), "{text}");
            assert_eq!(&text[end..], rest);
        }
        assert_eq!(read("ANSI 63602"), None);
        assert_eq!(read(""), None);
    }
}
