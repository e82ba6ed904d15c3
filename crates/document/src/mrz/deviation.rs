//! Where issuers depart from ICAO 9303, as data. Each row says what it is known from.

use super::format::Format;

/// What an issuer does differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// The second character of the document code may be a digit.
    DigitInDocumentCode,
    /// This expiry text means that the document does not run out.
    Perpetual(&'static str),
    /// The expiry date and its check digit may both be fillers.
    BlankExpiry,
    /// Names are written with digits for letters that Latin lacks.
    DigitsInNames,
    /// The optional data is no personal number.
    OptionalDataNotPersonal,
    /// As [`Rule::OptionalDataNotPersonal`], for the second optional field of TD1.
    OptionalData2NotPersonal,
}

struct Deviation {
    state: &'static str,
    format: Format,
    /// The document codes it applies to begin with this.
    code: &'static str,
    rule: Rule,
    note: &'static str,
}

/// The note of a deviation, if this issuer has it on this document.
pub(super) fn find(state: &str, format: Format, document_code: &str, rule: Rule) -> Option<&'static str> {
    DEVIATIONS
        .iter()
        .find(|row| {
            row.state == state
                && row.format == format
                && row.rule == rule
                && document_code.starts_with(row.code)
        })
        .map(|row| row.note)
}

/// The note on an expiry text that stands for "does not run out".
pub(super) fn perpetual(
    state: &str,
    format: Format,
    document_code: &str,
    expiry: &str,
) -> Option<&'static str> {
    DEVIATIONS
        .iter()
        .find(|row| {
            matches!(row.rule, Rule::Perpetual(text) if text == expiry)
                && row.state == state
                && row.format == format
                && document_code.starts_with(row.code)
        })
        .map(|row| row.note)
}

const DEVIATIONS: &[Deviation] = &[
    // Form I-551: "C1USA" for residents, "C2USA" for commuters (USCIS, M-396).
    Deviation {
        state: "USA",
        format: Format::Td1,
        code: "C",
        rule: Rule::DigitInDocumentCode,
        note: "Permanent resident cards of the United States have a digit in the document code.",
    },
    // Real Decreto 1553/2005 art. 6: cards of holders from 70 on are permanent and printed 01 01 9999.
    Deviation {
        state: "ESP",
        format: Format::Td1,
        code: "ID",
        rule: Rule::Perpetual("990101"),
        note: "Spanish identity cards of holders from 70 years on do not run out.",
    },
    // Internal passport of the Russian Federation (order of the Federal Migration Service, 2011): document code PN,
    // no expiry, letters without a Latin counterpart as digits, issue date in the optional data.
    Deviation {
        state: "RUS",
        format: Format::Td3,
        code: "PN",
        rule: Rule::BlankExpiry,
        note: "Internal passports of Russia have no expiry date.",
    },
    Deviation {
        state: "RUS",
        format: Format::Td3,
        code: "PN",
        rule: Rule::DigitsInNames,
        note: "Internal passports of Russia write some letters as digits.",
    },
    Deviation {
        state: "RUS",
        format: Format::Td3,
        code: "PN",
        rule: Rule::OptionalDataNotPersonal,
        note: "The optional data of Russian internal passports is the end of the number, issue date and office.",
    },
    // The optional data of Chinese passports is an issuing code in letters (specimen PRADO CHN-AO).
    Deviation {
        state: "CHN",
        format: Format::Td3,
        code: "P",
        rule: Rule::OptionalDataNotPersonal,
        note: "The optional data of Chinese passports is an issuing code.",
    },
    // The optional data of US passports is a control number of the booklet.
    Deviation {
        state: "USA",
        format: Format::Td3,
        code: "P",
        rule: Rule::OptionalDataNotPersonal,
        note: "The optional data of US passports is a control number.",
    },
    // German identity cards since August 2021 print the version of the card there, as YYMM (PRADO DEU-BO-02004).
    Deviation {
        state: "DEU",
        format: Format::Td1,
        code: "I",
        rule: Rule::OptionalData2NotPersonal,
        note: "The second optional field of German identity cards is the version of the card.",
    },
];
