//! Which document it is, from what could be read of it.

use super::{Code, DocumentType, Table};
use crate::aamva;
use crate::fold::fold;
use crate::mrz::{self, Format};
use crate::printed::countries_named;

/// What could be read; leave out what could not.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence<'a> {
    pub zone: Option<&'a mrz::Mrz>,
    pub barcode: Option<&'a aamva::Licence>,
    /// Lines of the visual zone.
    pub lines: &'a [&'a str],
    /// Country and code that the person chose, if any.
    pub chosen: Option<(&'a str, Code)>,
}

/// A document that it may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<'a> {
    pub document: &'a DocumentType,
    /// Higher is likelier; only the order means something.
    pub score: u32,
}

impl Table {
    /// The documents it may be, the likeliest first; empty where nothing speaks for any.
    pub fn classify(&self, evidence: Evidence<'_>) -> Vec<Candidate<'_>> {
        let text = fold(&evidence.lines.join(" "));
        let printed = Words { squeezed: text.replace(' ', ""), countries: countries_named(&text), text };
        let mut candidates: Vec<Candidate<'_>> = self
            .documents()
            .iter()
            .filter_map(|document| {
                let score = score(document, &evidence, &printed);
                (score > 0).then_some(Candidate { document, score })
            })
            .collect();
        candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
        candidates.truncate(20);
        candidates
    }
}

struct Words {
    /// Folded.
    text: String,
    /// Without spaces, which recognisers lose.
    squeezed: String,
    countries: Vec<&'static str>,
}

/// What a zone or barcode says weighs most and rules others out; printed words come next; the person's choice decides
/// what is left.
fn score(document: &DocumentType, evidence: &Evidence<'_>, printed: &Words) -> u32 {
    let mut score = 0;
    if let Some(zone) = evidence.zone {
        if document.country != issuer(zone) || !possible(zone).contains(&document.code) {
            return 0;
        }
        let place = possible(zone).iter().position(|code| *code == document.code).unwrap_or(9) as u32;
        score += 100 - 10 * place.min(5)
            + if document.mrz.is_some_and(|mrz| mrz.format() == zone.format) { 30 } else { 0 };
    }
    if let Some(licence) = evidence.barcode {
        let Some(issuer) = licence.issuer else { return score };
        let code =
            if licence.kind == aamva::Kind::IdentityCard { Code::IdentityCard } else { Code::DrivingLicence };
        let same = document.country == issuer.country.alpha3() && document.region_code == issuer.code;
        if !same || document.code != code {
            return 0;
        }
        score += 120;
    }
    let words = document.folded_keywords.iter();
    score += 25 * words.filter(|word| printed.squeezed.contains(word.as_str())).count().min(3) as u32;
    if score > 0 && evidence.barcode.is_none() && !document.region.is_empty() {
        score += if printed.text.contains(&fold(&document.region)) { 20 } else { 0 };
    }
    if score > 0 && printed.countries.contains(&document.country.as_str()) {
        score += 40;
    }
    match evidence.chosen {
        Some((country, code)) if document.country == country && document.code == code => score + 15,
        _ => score,
    }
}

fn issuer(zone: &mrz::Mrz) -> String {
    let state = &zone.fields.issuing_state;
    crate::country::alpha3(state).map_or_else(|| state.clone(), str::to_owned)
}

/// The kinds a zone may belong to, the likeliest first (ICAO 9303-4 to -7 §4.2.2 and issuers' habits).
fn possible(zone: &mrz::Mrz) -> &'static [Code] {
    let code = zone.fields.document_code.as_bytes();
    match (zone.format, code.first(), code.get(1)) {
        (Format::MrvA | Format::MrvB, ..) => &[Code::Visa],
        (Format::FrenchId, ..) => &[Code::IdentityCard],
        (Format::Td3, Some(b'P'), Some(b'N')) => &[Code::IdentityCard, Code::Passport],
        (Format::Td3, ..) => &[Code::Passport],
        (_, Some(b'P'), _) | (_, Some(b'I'), Some(b'P')) => &[Code::Passport, Code::IdentityCard],
        (_, Some(b'A'), Some(b'C')) => &[Code::Other],
        (_, _, Some(b'R' | b'1' | b'2')) => &[Code::ResidencePermit],
        (_, Some(b'I'), _) => &[Code::IdentityCard, Code::ResidencePermit],
        _ => &[Code::ResidencePermit, Code::IdentityCard, Code::Other],
    }
}
