//! What is known of a document: each fact from the best place that says it. A valid machine-readable zone goes before a
//! barcode, a barcode before a zone that does not hold.

use document::aamva::{self, Licence};
use document::mrz::{CheckName, Field, Finding, Mrz, Resolved, Sex};
use document::printed::{self, Hints, Printed, TextLine};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::document_type::DocumentType;
use super::{Evidence, holds, print};

/// The facts of one document.
#[expect(clippy::struct_excessive_bools, reason = "each is a finding of its own")]
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub(super) kind: DocumentType,
    /// Alpha-3, or one of ICAO's codes.
    pub(super) state: String,
    /// State or province.
    pub(super) region: Option<&'static str>,
    pub(super) number: String,
    pub(super) personal_number: String,
    /// Other numbers that may be the holder's.
    pub(super) other_numbers: Vec<String>,
    pub(super) given_names: String,
    pub(super) surname: String,
    pub(super) names_truncated: bool,
    pub(super) birth: Option<Date>,
    /// `YYMMDD` with fillers, where the issuer knows only a part.
    pub(super) partial_birth: String,
    pub(super) birth_is_certain: bool,
    pub(super) expiry: Option<Date>,
    pub(super) expiry_is_certain: bool,
    /// Whether the document says when, or that it does not run out.
    pub(super) says_expiry: bool,
    pub(super) issued: Option<Date>,
    pub(super) sex: Option<Sex>,
    pub(super) nationality: String,
    pub(super) place_of_birth: Option<String>,
    pub(super) address: Option<String>,
    pub(super) parsed_address: Value,
    pub(super) extra: Map<String, Value>,
    /// A date that no calendar has.
    pub(super) has_impossible_date: bool,
    /// The issuer does not know the whole birth date.
    pub(super) birth_is_incomplete: bool,
}

/// What a document is known from.
pub(super) struct Sources<'a> {
    pub(super) zone: Option<(&'a Mrz, &'a [Finding])>,
    pub(super) licence: Option<&'a Licence>,
    /// The fields of the front and of the back, as printed.
    pub(super) printed: [Option<Printed>; 2],
}

impl<'a> Sources<'a> {
    pub(super) fn of(evidence: &Evidence<'a>, reading: Option<&'a Resolved>) -> Self {
        let zone = reading.and_then(|reading| Some((reading.mrz.as_ref()?, reading.findings.as_slice())));
        let licence = evidence.sides.iter().find_map(|side| side.licence.as_ref());
        let mut sources = Self { zone, licence, printed: [None, None] };
        sources.printed = ["front", "back"].map(|name| {
            let side = evidence.sides.iter().find(|side| side.side == name)?;
            Some(sources.read_print(side.lines.as_ref()?, evidence))
        });
        sources
    }

    /// The order of day and month depends on the country, which the zone, the barcode or the person told.
    fn read_print(&self, lines: &[TextLine], evidence: &Evidence<'_>) -> Printed {
        let zone = self.zone.map(|(mrz, _)| mrz.fields.issuing_state.clone());
        let barcode = || self.licence.map(|licence| Facts::of_licence(licence).state);
        let chosen = || evidence.choice.map(|choice| choice.country.clone());
        let country =
            zone.or_else(barcode).or_else(chosen).or_else(|| print::state(lines).map(str::to_owned));
        let licence = self.zone.map(|_| false).or_else(|| self.licence.map(|_| true));
        printed::read(lines, &Hints { country, driving_licence: licence, today: evidence.today })
    }

    /// The facts; nothing if nothing was read.
    pub(super) fn facts(&self, evidence: &Evidence<'_>) -> Option<Facts> {
        let zone = self.zone.map(|(mrz, findings)| Facts::of_zone(mrz, findings, evidence));
        let licence = self.licence.map(Facts::of_licence);
        let print = print::facts(self, evidence);
        let valid = self.zone.is_some_and(|(mrz, _)| mrz.valid);
        let ranked = if valid { [zone, licence, print] } else { [licence, zone, print] };
        ranked.into_iter().flatten().reduce(Facts::or)
    }
}

impl Facts {
    fn of_zone(mrz: &Mrz, findings: &[Finding], evidence: &Evidence<'_>) -> Self {
        let fields = &mrz.fields;
        let about_expiry = |finding: &Finding| {
            matches!(finding, Finding::NoExpiryDate | Finding::ImpossibleDate { field: Field::ExpiryDate })
        };
        // A date that stands for "does not run out" was detected: it has a text and no finding against it.
        let blank = fields.expiry_date.is_empty() || findings.iter().any(about_expiry);
        Self {
            kind: DocumentType::of(mrz, evidence.choice),
            state: fields.issuing_state.clone(),
            number: fields.document_number.clone(),
            personal_number: fields.personal_number.clone(),
            other_numbers: vec![fields.optional_data.clone(), fields.optional_data_2.clone()],
            given_names: fields.given_names.clone(),
            surname: fields.surname.clone(),
            names_truncated: fields.names_truncated,
            birth: fields.date_of_birth,
            partial_birth: fields.birth_date.clone(),
            birth_is_certain: holds(mrz, CheckName::BirthDate),
            expiry: fields.expiration_date,
            expiry_is_certain: holds(mrz, CheckName::ExpiryDate),
            says_expiry: fields.expiration_date.is_some() || !blank,
            sex: fields.sex,
            nationality: fields.nationality.clone(),
            has_impossible_date: findings
                .iter()
                .any(|finding| matches!(finding, Finding::ImpossibleDate { .. })),
            birth_is_incomplete: findings.contains(&Finding::IncompleteBirthDate),
            ..Self::default()
        }
    }

    /// The barcode of a North American licence; its own error correction vouches for what it says.
    fn of_licence(licence: &Licence) -> Self {
        let fields = &licence.fields;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let given = [text(&fields.first_name), text(&fields.middle_name)];
        let country = licence.issuer.map(|issuer| issuer.country).or(fields.country);
        let state = match country {
            Some(aamva::Country::Canada) => "CAN",
            Some(aamva::Country::Mexico) => "MEX",
            Some(aamva::Country::UnitedStates) => "USA",
            None => "",
        };
        let street = [&fields.street_1, &fields.street_2].into_iter().flatten().cloned();
        let place = [&fields.city, &fields.jurisdiction, &fields.postal_code].into_iter().flatten().cloned();
        let address = street.chain(place).collect::<Vec<_>>().join(", ");
        Self {
            kind: match licence.kind {
                aamva::Kind::IdentityCard => DocumentType::IdentityCard,
                aamva::Kind::DrivingLicence | aamva::Kind::EnhancedLicence => DocumentType::DrivingLicence,
            },
            state: state.to_owned(),
            region: licence.issuer.map(|issuer| issuer.name),
            number: text(&fields.customer_number),
            given_names: given.join(" ").trim().to_owned(),
            surname: text(&fields.family_name),
            names_truncated: [
                fields.family_name_truncated,
                fields.first_name_truncated,
                fields.middle_name_truncated,
            ]
            .contains(&Some(true)),
            birth: fields.date_of_birth,
            birth_is_certain: true,
            expiry: fields.expiration_date,
            expiry_is_certain: true,
            says_expiry: fields.expiration_date.is_some() || fields.never_expires,
            issued: fields.issue_date,
            sex: fields.sex.map(|sex| match sex {
                aamva::Sex::Male => Sex::Male,
                aamva::Sex::Female => Sex::Female,
                aamva::Sex::Unspecified => Sex::Unspecified,
            }),
            place_of_birth: fields.place_of_birth.clone(),
            parsed_address: parsed(licence),
            address: Some(address).filter(|address| !address.is_empty()),
            extra: extra(licence),
            has_impossible_date: licence
                .findings
                .iter()
                .any(|finding| matches!(finding, aamva::Finding::ImpossibleDate { .. })),
            ..Self::default()
        }
    }

    /// These facts, and where they are silent the others.
    fn or(self, other: Self) -> Self {
        let text = |one: String, two: String| if one.is_empty() { two } else { one };
        let (birth_is_certain, birth) = match self.birth {
            Some(birth) => (self.birth_is_certain, Some(birth)),
            None => (other.birth_is_certain, other.birth),
        };
        let (expiry_is_certain, expiry) = match self.expiry {
            Some(expiry) => (self.expiry_is_certain, Some(expiry)),
            None if self.says_expiry => (self.expiry_is_certain, None),
            None => (other.expiry_is_certain, other.expiry),
        };
        let mut extra = other.extra;
        extra.extend(self.extra);
        Self {
            kind: if self.kind == DocumentType::Other { other.kind } else { self.kind },
            state: text(self.state, other.state),
            region: self.region.or(other.region),
            number: text(self.number, other.number),
            personal_number: text(self.personal_number, other.personal_number),
            other_numbers: [self.other_numbers, other.other_numbers].concat(),
            names_truncated: if self.surname.is_empty() && self.given_names.is_empty() {
                other.names_truncated
            } else {
                self.names_truncated
            },
            given_names: text(self.given_names, other.given_names),
            surname: text(self.surname, other.surname),
            birth,
            partial_birth: text(self.partial_birth, other.partial_birth),
            birth_is_certain,
            expiry,
            expiry_is_certain,
            says_expiry: self.says_expiry || other.says_expiry,
            issued: self.issued.or(other.issued),
            sex: self.sex.or(other.sex),
            nationality: text(self.nationality, other.nationality),
            place_of_birth: self.place_of_birth.or(other.place_of_birth),
            parsed_address: if self.address.is_some() { self.parsed_address } else { other.parsed_address },
            address: self.address.or(other.address),
            extra,
            has_impossible_date: self.has_impossible_date || other.has_impossible_date,
            birth_is_incomplete: self.birth_is_incomplete && birth.is_none(),
        }
    }
}

/// The address of a barcode, which has it in parts.
fn parsed(licence: &Licence) -> Value {
    let fields = &licence.fields;
    if fields.street_1.is_none() && fields.city.is_none() {
        return Value::Null;
    }
    let country = match licence.issuer.map(|issuer| issuer.country).or(fields.country) {
        Some(aamva::Country::Canada) => Some("CA"),
        Some(aamva::Country::Mexico) => Some("MX"),
        Some(aamva::Country::UnitedStates) => Some("US"),
        None => None,
    };
    json!({
        "street_1": fields.street_1,
        "street_2": fields.street_2,
        "city": fields.city,
        "region": fields.jurisdiction,
        "country": country,
        "postal_code": fields.postal_code,
        "address_type": null,
        "label": "Driver's License Address",
        "category": null,
        "is_verified": false,
        "formatted_address": null,
        "document_location": null,
        "raw_results": null,
    })
}

/// What licences say besides.
fn extra(licence: &Licence) -> Map<String, Value> {
    let fields = &licence.fields;
    let mut extra = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            extra.insert(name.to_owned(), value);
        }
    };
    put("dl_categories", fields.vehicle_class.as_ref().map_or(Value::Null, |class| json!([class])));
    put("dl_restrictions", json!(fields.restrictions));
    put("dl_endorsements", json!(fields.endorsements));
    put("document_discriminator", json!(fields.document_discriminator));
    put("middle_name", json!(fields.middle_name));
    put("name_suffix", json!(fields.name_suffix));
    put("eye_color", json!(fields.eye_colour));
    put("hair_color", json!(fields.hair_colour));
    put("height_cm", json!(fields.height.map(aamva::Height::centimetres)));
    put("organ_donor", json!(fields.organ_donor));
    put("veteran", json!(fields.veteran));
    extra
}
