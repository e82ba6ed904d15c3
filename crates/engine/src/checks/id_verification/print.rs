//! What the print on a document says where neither zone nor barcode does: what it is, where it is from, and its fields.

use document::printed::{Found, Printed, PrintedField, TextLine, nationality};
use serde_json::{Map, Value, json};

use super::Evidence;
use super::document_type::DocumentType;
use super::facts::{Facts, Sources};

/// A reading of less confidence is kept, but no limit is judged by it.
const CERTAIN: f32 = 0.75;
/// Fields that make print a document: a name, and one of the others.
const ENOUGH: [PrintedField; 3] =
    [PrintedField::DocumentNumber, PrintedField::BirthDate, PrintedField::PersonalNumber];

/// The facts that are printed; nothing if too little was read to call it a document.
pub(super) fn facts(sources: &Sources<'_>, evidence: &Evidence<'_>) -> Option<Facts> {
    let sides = &sources.printed;
    let get = |field: PrintedField| sides.iter().flatten().find_map(|printed: &Printed| printed.get(field));
    let text = |field| get(field).map(|found: &Found| found.text.clone()).unwrap_or_default();
    let (mut surname, mut given_names) = (text(PrintedField::Surname), text(PrintedField::GivenNames));
    if surname.is_empty() && given_names.is_empty() {
        (given_names, surname) = parted(&text(PrintedField::FullName));
    }
    let named = !surname.is_empty() || !given_names.is_empty();
    if !named || !ENOUGH.into_iter().any(|field| get(field).is_some()) {
        return None;
    }
    let lines = || evidence.sides.iter().filter_map(|side| side.lines.as_deref()).flatten();
    let day = |field| get(field).and_then(|found: &Found| found.date);
    let certain =
        |field| get(field).is_some_and(|found: &Found| found.date.is_some() && found.confidence >= CERTAIN);
    let chosen = evidence.choice.map(|choice| choice.country.clone());
    let state = state(&lines().cloned().collect::<Vec<_>>()).map(str::to_owned).or(chosen);
    let nationality = get(PrintedField::Nationality).and_then(|found| found.country).unwrap_or_default();
    Some(Facts {
        kind: kind(lines(), evidence),
        state: state.unwrap_or_else(|| nationality.to_owned()),
        number: text(PrintedField::DocumentNumber),
        personal_number: text(PrintedField::PersonalNumber),
        given_names,
        surname,
        birth: day(PrintedField::BirthDate),
        birth_is_certain: certain(PrintedField::BirthDate),
        expiry: day(PrintedField::ExpiryDate),
        expiry_is_certain: certain(PrintedField::ExpiryDate),
        says_expiry: get(PrintedField::ExpiryDate).is_some(),
        issued: day(PrintedField::IssueDate),
        sex: get(PrintedField::Sex).and_then(|found| found.sex),
        nationality: nationality.to_owned(),
        place_of_birth: get(PrintedField::BirthPlace).map(|found| found.text.clone()),
        address: get(PrintedField::Address).map(|found| found.text.clone()),
        parsed_address: Value::Null,
        extra: extra(&get),
        ..Facts::default()
    })
}

fn extra<'p>(get: &impl Fn(PrintedField) -> Option<&'p Found>) -> Map<String, Value> {
    let mut extra = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            extra.insert(name.to_owned(), value);
        }
    };
    let text = |field| get(field).map(|found| json!(found.text));
    put("birth_name", text(PrintedField::BirthName));
    put("issuing_authority", text(PrintedField::Authority));
    put("eye_color", text(PrintedField::EyeColour));
    put(
        "height_cm",
        get(PrintedField::Height).and_then(|found| found.centimetres).map(|height| json!(height)),
    );
    put(
        "dl_categories",
        get(PrintedField::Categories).map(|found| {
            let classes = found.text.split(|c: char| !c.is_ascii_alphanumeric());
            classes.filter(|class| !class.is_empty()).collect()
        }),
    );
    extra
}

/// A name in one: the last word is the surname.
fn parted(name: &str) -> (String, String) {
    let name = name.trim();
    name.rsplit_once(' ').map_or_else(
        || (String::new(), name.to_owned()),
        |(given, surname)| (given.trim().to_owned(), surname.to_owned()),
    )
}

/// The country that a line names by itself, among the upper ones first.
pub(super) fn state(lines: &[TextLine]) -> Option<&'static str> {
    let mut sorted: Vec<&TextLine> = lines.iter().collect();
    sorted.sort_by(|a, b| a.corners[0].1.total_cmp(&b.corners[0].1));
    sorted.into_iter().take(6).find_map(|line| {
        let plain = line.text.trim();
        // Three letters may be a word; a name is not.
        (plain.len() > 3).then(|| named(plain)).flatten()
    })
}

fn named(text: &str) -> Option<&'static str> {
    nationality(text).or_else(|| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let ends = (1..=words.len().min(3)).map(|count| words[words.len() - count..].join(" "));
        ends.filter(|end| end.len() > 3).find_map(|end| nationality(&end))
    })
}

/// Titles of documents, in the letters that a reader without accents gives.
const TITLES: [(&str, DocumentType); 34] = [
    ("PASSPORT", DocumentType::Passport),
    ("PASSEPORT", DocumentType::Passport),
    ("REISEPASS", DocumentType::Passport),
    ("PASAPORTE", DocumentType::Passport),
    ("PASSAPORT", DocumentType::Passport),
    ("DRIVING LICEN", DocumentType::DrivingLicence),
    ("DRIVER LICEN", DocumentType::DrivingLicence),
    ("DRIVER'S LICEN", DocumentType::DrivingLicence),
    ("DRIVERS LICEN", DocumentType::DrivingLicence),
    ("PERMIS DE CONDUIRE", DocumentType::DrivingLicence),
    ("PERMISO DE CONDU", DocumentType::DrivingLicence),
    ("LICENCIA DE CONDU", DocumentType::DrivingLicence),
    ("CARTA DE CONDU", DocumentType::DrivingLicence),
    ("PATENTE DI GUIDA", DocumentType::DrivingLicence),
    ("RIJBEWIJS", DocumentType::DrivingLicence),
    ("FUHRERSCHEIN", DocumentType::DrivingLicence),
    ("FÜHRERSCHEIN", DocumentType::DrivingLicence),
    ("PRAWO JAZDY", DocumentType::DrivingLicence),
    ("KORKORT", DocumentType::DrivingLicence),
    ("KÖRKORT", DocumentType::DrivingLicence),
    ("CARTEIRA NACIONAL DE HABILIT", DocumentType::DrivingLicence),
    ("PERMIS DE CONDUCERE", DocumentType::DrivingLicence),
    ("RESIDENCE PERMIT", DocumentType::ResidencePermit),
    ("TITRE DE SEJOUR", DocumentType::ResidencePermit),
    ("AUFENTHALTSTITEL", DocumentType::ResidencePermit),
    ("PERMISO DE RESIDENCIA", DocumentType::ResidencePermit),
    ("PERMESSO DI SOGGIORNO", DocumentType::ResidencePermit),
    ("IDENTITY CARD", DocumentType::IdentityCard),
    ("IDENTIFICATION CARD", DocumentType::IdentityCard),
    ("CARTE NATIONALE D", DocumentType::IdentityCard),
    ("DOCUMENTO NACIONAL DE IDENTIDAD", DocumentType::IdentityCard),
    ("PERSONALAUSWEIS", DocumentType::IdentityCard),
    ("CARTA D'IDENTIT", DocumentType::IdentityCard),
    ("CEDULA", DocumentType::IdentityCard),
];

/// What a document calls itself, else what the person said it is.
fn kind<'l>(lines: impl Iterator<Item = &'l TextLine>, evidence: &Evidence<'_>) -> DocumentType {
    let text = lines.map(|line| line.text.to_uppercase()).collect::<Vec<_>>().join("\n");
    let titled = TITLES.iter().find(|(title, _)| text.contains(title)).map(|(_, kind)| *kind);
    let chosen = evidence.choice.and_then(|choice| DocumentType::of_code(&choice.document_type));
    titled.or(chosen).unwrap_or_default()
}
