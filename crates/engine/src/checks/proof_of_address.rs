//! Proof of address (features §9): from a letter, bill or statement to a report with every warning.

use document::proof_of_address::{
    Kind, PostalAddress, ProofOfAddress, address_score, name_score, parse_address,
};
use jiff::ToSpan;
use jiff::civil::Date;
use model::feature::Feature;
use model::report::Report;
use model::warning::{Risk, Warning};
use model::workflow::{Config, NodeId};
use serde_json::{Map, Value, json};
use vision::pdf::Facts;

/// What the check looks at.
pub struct Evidence<'a> {
    /// The node that asks.
    pub node_id: &'a NodeId,
    /// Its settings, features §9.2.
    pub config: &'a Config,
    /// What was read.
    pub paper: &'a ProofOfAddress,
    /// What the file tells of itself, if it is a PDF.
    pub facts: Option<&'a Facts>,
    /// Size and media type of the file.
    pub file: (usize, &'static str),
    /// `media:{blob}` of the file.
    pub document: Option<String>,
    /// The expected first and last name, address and country.
    pub expected: Expected,
    /// The name on the identity document of the session.
    pub verified_name: Option<String>,
    /// How many months old each kind may be; no entry is a kind that is not taken, −1 is any age.
    pub ages: Option<&'a [(String, i64)]>,
    /// Languages that are taken; nothing means every one.
    pub languages: Option<&'a [String]>,
    /// The day on which it is judged (UTC).
    pub today: Date,
}

/// What the integrator says of the person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// First name and surname, as far as given.
    pub name: Option<String>,
    /// The address in one line.
    pub address: Option<String>,
    /// Alpha-2 or alpha-3.
    pub country: Option<String>,
}

/// How old each kind of document may be, in months, where nobody says (features §9.5).
const AGES: [(&str, i64); 4] = [
    ("utility_bill", 3),
    ("bank_statement", 3),
    ("government_issued_document", 12),
    ("other_poa_document", 12),
];
/// How alike names must be, of 100, where the workflow does not say.
const SAME_NAME: f64 = 70.0;
/// How alike addresses must be, of 100.
const SAME_ADDRESS: u8 = 70;
/// Programs that change PDF files which others wrote; the makers' own names, in lower case.
const EDITORS: [&str; 14] = [
    "photoshop",
    "illustrator",
    "gimp",
    "inkscape",
    "canva",
    "pdfescape",
    "sejda",
    "smallpdf",
    "ilovepdf",
    "foxit phantom",
    "pdf-xchange editor",
    "nitro pro",
    "pdfelement",
    "libreoffice draw",
];

/// The report on what the document says. A check that cannot run is the caller's to tell.
pub fn judge(evidence: &Evidence<'_>) -> Report {
    let mut case = Case { evidence, warnings: Vec::new() };
    case.weigh_kind();
    case.weigh_age();
    case.weigh_person();
    case.weigh_address();
    case.weigh_file();
    let fields = fields(evidence);
    Report::judged(evidence.node_id.clone(), Feature::ProofOfAddress, fields, case.warnings)
}

struct Case<'a> {
    evidence: &'a Evidence<'a>,
    warnings: Vec<Warning>,
}

impl Case<'_> {
    fn warn(&mut self, risk: Risk) {
        self.warnings.push(Warning::under(risk, self.evidence.config, self.evidence.node_id));
    }

    fn warn_with(&mut self, risk: Risk, context: Value) {
        let warning = Warning::under(risk, self.evidence.config, self.evidence.node_id);
        self.warnings.push(warning.with(context));
    }

    fn weigh_kind(&mut self) {
        let paper = self.evidence.paper;
        if paper.kind == Kind::Unknown {
            self.warn(Risk::InvalidDocumentType);
        } else if self.evidence.ages.is_some_and(|ages| age_of(ages, paper.kind.code()).is_none()) {
            self.warn_with(Risk::PoaDocumentNotSupported, json!({ "document_type": paper.kind.code() }));
        }
        let taken = |language: &str| {
            self.evidence.languages.is_none_or(|taken| taken.iter().any(|code| code == language))
        };
        if let Some(language) = paper.language.filter(|language| !taken(language)) {
            self.warn_with(Risk::UnsupportedDocumentLanguage, json!({ "document_language": language }));
        }
        if paper.issuer.is_none() {
            self.warn(Risk::IssuerNotIdentified);
        }
    }

    fn weigh_age(&mut self) {
        let (paper, today) = (self.evidence.paper, self.evidence.today);
        let own: Vec<(String, i64)> =
            AGES.iter().map(|(kind, months)| ((*kind).to_owned(), *months)).collect();
        let months = age_of(self.evidence.ages.unwrap_or(&own), paper.kind.code());
        let context = |months: Option<i64>| {
            json!({
                "max_age_months": months, "document_type": paper.kind.code(),
                "document_subtype": paper.subtype.code(), "issue_date": paper.issue_date,
            })
        };
        if paper.expiration_date.is_some_and(|date| date < today) {
            self.warn_with(Risk::PoaDocumentExpired, context(None));
            return;
        }
        let Some(issued) = paper.issue_date else {
            self.warn(Risk::UnableToExtractIssueDate);
            return;
        };
        if issued > today {
            self.warn_with(Risk::FutureIssueDate, json!({ "issue_date": issued }));
        }
        let Some(months) = months.filter(|months| *months > 0) else { return };
        if issued.saturating_add(months.months()) < today {
            self.warn_with(Risk::PoaDocumentExpired, context(Some(months)));
        }
    }

    fn weigh_person(&mut self) {
        let (paper, expected) = (self.evidence.paper, &self.evidence.expected);
        let Some(name) = &paper.name else {
            self.warn(Risk::PoaNameNotDetected);
            return;
        };
        let least = self.evidence.config.get("poa_name_match_score_threshold").and_then(Value::as_f64);
        let least = least.unwrap_or(SAME_NAME);
        for (wanted, risk) in [
            (&expected.name, Risk::PoaNameMismatch),
            (&self.evidence.verified_name, Risk::PoaNameMismatchWithDocument),
        ] {
            let score = wanted.as_ref().map(|wanted| (wanted, f64::from(name_score(wanted, name))));
            if let Some((wanted, score)) = score.filter(|(_, score)| *score < least) {
                self.warn_with(risk, json!({ "provided": wanted, "extracted": name, "score": score }));
            }
        }
    }

    fn weigh_address(&mut self) {
        let (paper, expected) = (self.evidence.paper, &self.evidence.expected);
        let Some(address) = &paper.address else {
            self.warn(Risk::MissingAddressInformation);
            return;
        };
        if address.city.is_empty() || address.street_1.is_empty() {
            self.warn(Risk::UnparsableAddress);
        }
        if let Some(wanted) = &expected.address
            && address_score(wanted, &address.text) < SAME_ADDRESS
        {
            let score = address_score(wanted, &address.text);
            let context = json!({ "provided": wanted, "extracted": address.text, "score": score });
            self.warn_with(Risk::AddressMismatch, context);
        }
        if let (Some(wanted), Some(found)) = (&expected.country, paper.issuing_state)
            && document::country::alpha3(wanted) != Some(found)
        {
            self.warn_with(Risk::PoaCountryMismatch, json!({ "provided": wanted, "extracted": found }));
        }
    }

    /// What the file tells: changed after signing, covered text, an editor's work, programs inside.
    fn weigh_file(&mut self) {
        let Some(facts) = self.evidence.facts else { return };
        let mut found: Vec<(&str, &str)> = Vec::new();
        if facts.changed_after_signing {
            found.push(("modified after digital signing", "signature"));
        }
        if !facts.overlays.is_empty() {
            found.push(("text is covered and set anew", "overlay"));
        }
        if facts.has_javascript {
            found.push(("the file contains programs", "content"));
        }
        if is_edited(facts) {
            found.push(("processed by a program for editing pictures or PDF files", "producer"));
        }
        if let Some((reason, method)) = found.first() {
            let all: Vec<&str> = found.iter().map(|(reason, _)| *reason).collect();
            let context = json!({ "reason": reason, "detection_method": method, "reasons": all });
            self.warn_with(Risk::SuspectedDocumentManipulation, context);
        }
        if found.is_empty() && facts.updates > 0 && differs(facts) {
            let context = json!({ "incremental_updates": facts.updates, "modified": facts.modified });
            self.warn_with(Risk::DocumentMetadataMismatch, context);
        }
    }
}

fn age_of(ages: &[(String, i64)], kind: &str) -> Option<i64> {
    ages.iter().find(|(known, _)| known.eq_ignore_ascii_case(kind)).map(|(_, months)| *months)
}

fn is_edited(facts: &Facts) -> bool {
    let made = [&facts.creator, &facts.producer];
    made.into_iter().flatten().any(|name| {
        let name = name.to_lowercase();
        EDITORS.iter().any(|editor| name.contains(editor))
    })
}

/// Whether a day passed between writing and changing.
fn differs(facts: &Facts) -> bool {
    let day = |at: &Option<String>| at.as_ref().and_then(|at| at.get(..10).map(str::to_owned));
    match (day(&facts.created), day(&facts.modified)) {
        (Some(created), Some(modified)) => created != modified,
        _ => false,
    }
}

fn fields(evidence: &Evidence<'_>) -> Map<String, Value> {
    let (paper, expected) = (evidence.paper, &evidence.expected);
    let score = |wanted: &Option<String>| {
        wanted.as_ref().zip(paper.name.as_ref()).map(|(wanted, name)| name_score(wanted, name))
    };
    let said = expected.address.as_deref().and_then(parse_address);
    let fields = json!({
        "document_file": evidence.document,
        "issuing_state": paper.issuing_state,
        "document_type": paper.kind.code(),
        "document_subtype": paper.subtype.code(),
        "document_language": paper.language,
        "document_metadata": metadata(evidence),
        "issuer": paper.issuer,
        "issue_date": paper.issue_date,
        "expiration_date": paper.expiration_date,
        "poa_address": paper.address.as_ref().map(|address| &address.text),
        "poa_formatted_address": paper.address.as_ref().map(formatted),
        "poa_parsed_address": paper.address.as_ref().map(parsed),
        "name_on_document": paper.name,
        "name_match_score_expected_details": score(&expected.name),
        "name_match_score_id_verification": score(&evidence.verified_name),
        "expected_details_address": expected.address,
        "expected_details_formatted_address": said.as_ref().map(formatted),
        "expected_details_parsed_address": said.as_ref().map(parsed),
        "extra_fields": {
            "bank_account_number": paper.bank.account_number,
            "bank_iban": paper.bank.iban,
            "bank_sort_code": paper.bank.sort_code,
            "bank_routing_number": null,
            "bank_swift_bic": paper.bank.bic,
            "bank_branch_name": null,
            "bank_branch_address": null,
            "document_phone_number": null,
            "additional_names": [],
        },
        "extra_files": [],
    });
    fields.as_object().cloned().unwrap_or_default()
}

/// The parts in one line.
fn formatted(address: &PostalAddress) -> String {
    let town = format!("{} {}", address.postal_code, address.city);
    let country = document::country::name(&address.country).unwrap_or_default();
    let parts = [&address.street_1, &address.street_2, town.trim(), &address.region, country];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<&str>>().join(", ")
}

fn parsed(address: &PostalAddress) -> Value {
    let text = |text: &String| if text.is_empty() { Value::Null } else { json!(text) };
    json!({
        "address_type": null,
        "street_1": text(&address.street_1),
        "street_2": text(&address.street_2),
        "city": text(&address.city),
        "region": text(&address.region),
        "country": text(&address.country),
        "postal_code": text(&address.postal_code),
        "document_location": null,
    })
}

/// The sixteen facts of a file (features §9.3).
fn metadata(evidence: &Evidence<'_>) -> Value {
    let none = Facts::default();
    let facts = evidence.facts.unwrap_or(&none);
    let regions: Vec<Value> = facts
        .overlays
        .iter()
        .map(|overlay| {
            let [x, y, width, height] = overlay.place.map(|length| (length * 100.0).round() / 100.0);
            json!({
                "page": overlay.page, "x": x, "y": y, "width": width, "height": height,
                "page_width": overlay.page_size[0], "page_height": overlay.page_size[1],
            })
        })
        .collect();
    let tampered = facts.changed_after_signing || !facts.overlays.is_empty();
    json!({
        "file_size": evidence.file.0,
        "content_type": evidence.file.1,
        "creation_date": facts.created,
        "modified_date": facts.modified,
        "creator": facts.creator,
        "producer": facts.producer,
        "software": null,
        "encryption": facts.is_encrypted.then_some("encrypted"),
        "is_signed": facts.is_signed,
        "is_tampered": tampered,
        "signature_info": null,
        "exif_original_date": null,
        "exif_digitized_date": null,
        "processed_by_known_editor": is_edited(facts),
        "has_different_creation_mod_date": differs(facts),
        "overlay_manipulation": {
            "detected": !regions.is_empty(),
            "analyzed": evidence.facts.is_some(),
            "signals": if regions.is_empty() { json!([]) } else { json!(["covered_text"]) },
            "manipulated_regions": regions,
        },
    })
}
