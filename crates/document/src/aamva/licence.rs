//! The whole payload: header, elements, and the fields that they make.

use jiff::civil::Date;
use serde::Serialize;

use super::finding::Finding;
use super::header::{self, Header};
use super::issuer::{Country, Issuer, country_of, issuer};
use super::name::{self, Name};
use super::split::{elements, is_separator};
use super::value::{self, Compliance, Height, ReadDate, Sex, Weight};

/// The largest PDF417 symbol holds 1,850 characters of text; anything much longer is not one.
const LONGEST_PAYLOAD: usize = 16_384;

/// What kind of card it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Subfile `DL`.
    DrivingLicence,
    /// Subfile `ID`.
    IdentityCard,
    /// Subfile `EN`: an enhanced licence, which also proves citizenship.
    EnhancedLicence,
}

impl Kind {
    /// The letters of its subfile.
    pub fn designator(self) -> &'static str {
        match self {
            Self::DrivingLicence => "DL",
            Self::IdentityCard => "ID",
            Self::EnhancedLicence => "EN",
        }
    }
}

/// One data element as it stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Element {
    pub subfile: String,
    pub id: String,
    /// The standard's name of it; `None` for jurisdictions' own.
    pub name: Option<&'static str>,
    /// Without spaces around it; may be empty.
    pub value: String,
}

/// A payload, taken apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Licence {
    pub header: Option<Header>,
    pub issuer: Option<Issuer>,
    pub kind: Kind,
    pub elements: Vec<Element>,
    pub fields: Fields,
    pub findings: Vec<Finding>,
}

/// What the elements mean. Blank elements and `NONE` are `None`.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Fields {
    pub family_name: Option<String>,
    pub first_name: Option<String>,
    pub middle_name: Option<String>,
    pub name_suffix: Option<String>,
    pub name_prefix: Option<String>,
    /// Whether the name is cut off; `None` where the issuer does not say.
    pub family_name_truncated: Option<bool>,
    pub first_name_truncated: Option<bool>,
    pub middle_name_truncated: Option<bool>,
    pub alias_family_name: Option<String>,
    pub alias_given_names: Option<String>,
    pub alias_suffix: Option<String>,
    pub date_of_birth: Option<Date>,
    pub issue_date: Option<Date>,
    pub expiration_date: Option<Date>,
    /// The expiry element says that the card does not run out.
    pub never_expires: bool,
    pub under_18_until: Option<Date>,
    pub under_19_until: Option<Date>,
    pub under_21_until: Option<Date>,
    pub hazmat_expiry_date: Option<Date>,
    pub card_revision_date: Option<Date>,
    pub sex: Option<Sex>,
    pub height: Option<Height>,
    pub weight: Option<Weight>,
    pub eye_colour: Option<&'static str>,
    pub hair_colour: Option<&'static str>,
    pub race: Option<String>,
    pub street_1: Option<String>,
    pub street_2: Option<String>,
    pub city: Option<String>,
    /// Two letters of the state or province in the address.
    pub jurisdiction: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<Country>,
    /// The number of the licence or card.
    pub customer_number: Option<String>,
    pub document_discriminator: Option<String>,
    pub audit_information: Option<String>,
    pub inventory_control_number: Option<String>,
    pub place_of_birth: Option<String>,
    pub vehicle_class: Option<String>,
    pub restrictions: Option<String>,
    pub endorsements: Option<String>,
    pub standard_vehicle_class: Option<String>,
    pub standard_restrictions: Option<String>,
    pub standard_endorsements: Option<String>,
    pub vehicle_class_description: Option<String>,
    pub restrictions_description: Option<String>,
    pub endorsements_description: Option<String>,
    pub federal_commercial_codes: Option<String>,
    pub compliance: Option<Compliance>,
    pub limited_duration: Option<bool>,
    pub organ_donor: Option<bool>,
    pub veteran: Option<bool>,
    pub commercial_licence: Option<bool>,
    pub non_domiciled: Option<bool>,
    pub enhanced_credential: Option<bool>,
    pub permit: Option<bool>,
}

/// Reads a payload as the barcode reader gave it. It never fails: what is amiss is in the findings, and elements are
/// read even where the header, the directory or the separators are damaged.
pub fn parse(payload: &[u8]) -> Licence {
    let mut findings = Vec::new();
    if payload.len() > LONGEST_PAYLOAD {
        findings.push(Finding::TooLong);
    }
    let text = decode(&payload[..payload.len().min(LONGEST_PAYLOAD)]);
    let found = header::read(&text);
    let after = found.as_ref().map_or(0, |(_, end)| *end);
    let header = found.map(|(header, _)| header);
    let kind = kind(header.as_ref(), &text[after..]);
    let start = header::first_element(&text, after).unwrap_or(text.len());
    let mut kinds: Vec<&str> = vec![kind.designator()];
    kinds.extend(
        header.iter().flat_map(|header| &header.subfiles).skip(1).map(|subfile| subfile.kind.as_str()),
    );
    let elements = elements(&text[start..], &kinds, own_separator(&text, start), &mut findings);
    match &header {
        Some(header) => check_header(header, payload, &mut findings),
        None => findings.push(Finding::NoHeader),
    }
    if elements.iter().all(|element| element.name.is_none()) {
        findings.push(Finding::NotALicence);
    }
    let issuer = header.as_ref().and_then(|header| issuer(&header.issuer_number));
    let mut reader = Reader { elements: &elements, findings: &mut findings };
    reader.repeated();
    let version = header.as_ref().map_or(8, |header| header.version);
    let fields = reader.fields(issuer, version);
    Licence { header, issuer, kind, elements, fields, findings }
}

/// UTF-8, or Latin-1 where it is none; control characters other than separators are noise of the way here.
fn decode(payload: &[u8]) -> String {
    let text = match std::str::from_utf8(payload) {
        Ok(text) => text.to_owned(),
        Err(_) => payload.iter().map(|byte| char::from(*byte)).collect(),
    };
    text.chars()
        .filter(|character| is_separator(*character) || !character.is_control() && *character != '\u{feff}')
        .collect()
}

/// The second character of the header is the separator of elements; it is believed where it is a sign that no value
/// has and where it occurs as one.
fn own_separator(text: &str, start: usize) -> Option<char> {
    let declared = text.strip_prefix('@')?.chars().next()?;
    let odd = declared.is_ascii_punctuation() && !"-.,'/&#*()".contains(declared);
    (odd && text[start..].matches(declared).count() >= 5).then_some(declared)
}

fn kind(header: Option<&Header>, rest: &str) -> Kind {
    let listed = header.and_then(|header| header.subfiles.first()).map(|subfile| subfile.kind.as_str());
    match listed.unwrap_or_else(|| rest.get(..2).unwrap_or_default()) {
        "ID" => Kind::IdentityCard,
        "EN" => Kind::EnhancedLicence,
        _ => Kind::DrivingLicence,
    }
}

fn check_header(header: &Header, payload: &[u8], findings: &mut Vec<Finding>) {
    if issuer(&header.issuer_number).is_none() {
        findings.push(Finding::UnknownIssuer { number: header.issuer_number.clone() });
    }
    if header.version > 11 {
        findings.push(Finding::UnknownVersion { version: header.version });
    }
    for subfile in &header.subfiles {
        let begins =
            payload.get(subfile.offset..).is_some_and(|rest| rest.starts_with(subfile.kind.as_bytes()));
        if !begins || subfile.offset + subfile.length > payload.len() {
            findings.push(Finding::DirectoryDisagrees { subfile: subfile.kind.clone() });
        }
    }
}

struct Reader<'a> {
    elements: &'a [Element],
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn raw(&self, id: &str) -> Option<&str> {
        self.elements.iter().find(|element| element.id == id).map(|element| element.value.as_str())
    }

    fn text(&self, id: &str) -> Option<String> {
        self.raw(id).filter(|value| !value::is_blank(value)).map(str::to_owned)
    }

    /// The first of these that is not blank: the element of later versions before that of 2000.
    fn first(&self, ids: &[&str]) -> Option<String> {
        ids.iter().find_map(|id| self.text(id))
    }

    fn flag(&self, id: &str) -> Option<bool> {
        self.raw(id).and_then(value::flag)
    }

    fn repeated(&mut self) {
        for (at, element) in self.elements.iter().enumerate().filter(|(_, element)| element.name.is_some()) {
            let earlier = self.elements[..at].iter().find(|earlier| earlier.id == element.id);
            if earlier.is_some_and(|earlier| earlier.value != element.value) {
                self.findings.push(Finding::Repeated { element: element.id.clone() });
            }
        }
    }

    fn date(&mut self, id: &'static str, country: Country, version: u8) -> ReadDate {
        let read = self.raw(id).map_or(ReadDate::Blank, |text| value::date(text, country, version));
        match read {
            ReadDate::Impossible => self.findings.push(Finding::ImpossibleDate { element: id }),
            ReadDate::Day { usual: false, .. } => {
                self.findings.push(Finding::UnusualDateOrder { element: id });
            }
            _ => {}
        }
        read
    }

    /// Element DCG, else the issuer's country, else that of the address.
    fn country(&self, issuer: Option<Issuer>) -> Option<Country> {
        match self.raw("DCG").map(str::to_ascii_uppercase).as_deref() {
            Some("USA" | "US") => Some(Country::UnitedStates),
            Some("CAN" | "CA") => Some(Country::Canada),
            Some("MEX" | "MX") => Some(Country::Mexico),
            _ => issuer.map(|issuer| issuer.country).or_else(|| country_of(self.raw("DAJ")?)),
        }
    }

    fn fields(&mut self, issuer: Option<Issuer>, version: u8) -> Fields {
        let country = self.country(issuer);
        let order = country.unwrap_or(Country::UnitedStates);
        let mut fields = Fields { country, ..Fields::default() };
        self.names(&mut fields);
        self.dates(&mut fields, order, version);
        self.person(&mut fields, order, version);
        self.address(&mut fields, order);
        self.document(&mut fields);
        self.mandatory(&fields);
        fields
    }

    fn names(&mut self, fields: &mut Fields) {
        let Name { family, first, middle, suffix, guessed } = name::read(|id| self.text(id));
        if guessed {
            self.findings.push(Finding::AmbiguousName);
        }
        (fields.family_name, fields.first_name) = (family, first);
        (fields.middle_name, fields.name_suffix) = (middle, suffix);
        fields.name_prefix = self.text("DAF");
        fields.family_name_truncated = self.raw("DDE").and_then(value::truncated);
        fields.first_name_truncated = self.raw("DDF").and_then(value::truncated);
        fields.middle_name_truncated = self.raw("DDG").and_then(value::truncated);
        fields.alias_family_name = self.first(&["DBN", "DBO"]);
        fields.alias_given_names = self.first(&["DBG", "DBP"]);
        fields.alias_suffix = self.first(&["DBS", "DBR"]);
    }

    fn dates(&mut self, fields: &mut Fields, country: Country, version: u8) {
        let expiry = self.date("DBA", country, version);
        fields.never_expires = expiry == ReadDate::Never;
        fields.expiration_date = day(expiry);
        fields.date_of_birth = day(self.date("DBB", country, version));
        fields.issue_date = day(self.date("DBD", country, version));
        fields.under_18_until = day(self.date("DDH", country, version));
        fields.under_19_until = day(self.date("DDI", country, version));
        fields.under_21_until = day(self.date("DDJ", country, version));
        fields.hazmat_expiry_date = day(self.date("DDC", country, version));
        fields.card_revision_date = day(self.date("DDB", country, version));
    }

    fn person(&self, fields: &mut Fields, country: Country, version: u8) {
        fields.sex = self.raw("DBC").and_then(value::sex);
        let metric = || self.raw("DAV").and_then(|text| value::height(text, Country::Canada, version));
        fields.height =
            self.raw("DAU").and_then(|text| value::height(text, country, version)).or_else(metric);
        fields.weight = (self.raw("DAW").and_then(|text| value::weight(text, false)))
            .or_else(|| self.raw("DAX").and_then(|text| value::weight(text, true)))
            .or_else(|| self.raw("DCE").and_then(value::weight_range));
        fields.eye_colour = self.raw("DAY").and_then(value::colour);
        fields.hair_colour = self.raw("DAZ").and_then(value::colour);
        fields.race = self.text("DCL");
        fields.place_of_birth = self.text("DCI");
        // Since 2009 a donor is 1 and the element left out otherwise; version 1 has a word or letter.
        fields.organ_donor = self.flag("DDK").or_else(|| self.flag("DBH"));
        fields.veteran = self.flag("DDL");
    }

    fn address(&self, fields: &mut Fields, country: Country) {
        fields.street_1 = self.first(&["DAG", "DAL"]);
        fields.street_2 = self.first(&["DAH", "DAM"]);
        fields.city = self.first(&["DAI", "DAN"]);
        fields.jurisdiction = self.first(&["DAJ", "DAO"]);
        fields.postal_code = self.first(&["DAK", "DAP"]).map(|text| value::postal_code(&text, country));
    }

    fn document(&self, fields: &mut Fields) {
        fields.customer_number = self.first(&["DAQ", "DBJ"]);
        fields.document_discriminator = self.text("DCF");
        fields.audit_information = self.text("DCJ");
        fields.inventory_control_number = self.text("DCK");
        fields.vehicle_class = self.first(&["DCA", "DAR", "PAA"]);
        fields.restrictions = self.first(&["DCB", "DAS", "PAE"]);
        fields.endorsements = self.first(&["DCD", "DAT", "PAF"]);
        fields.standard_vehicle_class = self.text("DCM");
        fields.standard_endorsements = self.text("DCN");
        fields.standard_restrictions = self.text("DCO");
        fields.vehicle_class_description = self.text("DCP");
        fields.endorsements_description = self.text("DCQ");
        fields.restrictions_description = self.text("DCR");
        fields.federal_commercial_codes = self.text("DCH");
        fields.compliance = self.raw("DDA").and_then(value::compliance);
        // Blank means no: the element is there to say yes.
        fields.limited_duration = self.raw("DDD").map(|text| value::flag(text).unwrap_or(false));
        fields.commercial_licence = self.flag("DDM");
        fields.non_domiciled = self.flag("DDN");
        fields.enhanced_credential = self.flag("DDO");
        fields.permit = self.flag("DDP");
    }

    fn mandatory(&mut self, fields: &Fields) {
        let expiry = fields.expiration_date.is_some() || fields.never_expires;
        for (element, present) in [
            ("DCS", fields.family_name.is_some()),
            ("DBB", fields.date_of_birth.is_some()),
            ("DBA", expiry),
            ("DAQ", fields.customer_number.is_some()),
        ] {
            let impossible = self.findings.contains(&Finding::ImpossibleDate { element });
            if !present && !impossible {
                self.findings.push(Finding::Missing { element });
            }
        }
    }
}

fn day(read: ReadDate) -> Option<Date> {
    match read {
        ReadDate::Day { date, .. } => Some(date),
        _ => None,
    }
}
