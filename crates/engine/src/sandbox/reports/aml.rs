//! A screening of names, with or without a hit (features §12.4). The scores follow from one another as §12.3 says.

use jiff::ToSpan;
use model::feature::Feature;
use serde_json::{Value, json};

use super::{COUNTRY, Case, DOCUMENT_NUMBER, FIRST_NAME, FULL_NAME, LAST_NAME};
use crate::sandbox::scenario::Scenario;

pub(super) fn fields(case: &Case<'_>) -> Value {
    let hit = match case.failing {
        Some(Scenario::DeclineAmlHit) => Some(hit(case, &["PEP", "PEP Level 1", "Sanctions"], 100.0)),
        Some(Scenario::ReviewAmlPossibleMatch) => Some(hit(case, &["PEP", "PEP Level 1"], 10.0)),
        _ => None,
    };
    let company = case.workflow.contains(&Feature::KybRegistry);
    json!({
        "total_hits": i32::from(hit.is_some()),
        "entity_type": if company { "company" } else { "person" },
        "score": hit.as_ref().map_or(json!(0), |hit| hit["risk_score"].clone()),
        "hits": hit.into_iter().collect::<Vec<_>>(),
        "screened_data": {
            "full_name": FULL_NAME,
            "nationality": COUNTRY,
            "date_of_birth": case.today().saturating_sub(34.years()),
            "document_number": DOCUMENT_NUMBER,
        },
        "is_ongoing_monitoring_enabled": false,
        "next_ongoing_monitoring_bill_date": null,
    })
}

/// Country and category weigh 100; `crimes` decides between 82 and 100.
fn hit(case: &Case<'_>, datasets: &[&str], crimes: f64) -> Value {
    let born = case.today().saturating_sub(34.years()).year().to_string();
    let sanctioned = datasets.contains(&"Sanctions");
    json!({
        "id": "sandbox-hit-1",
        "url": "https://lists.sandbox.example/entity/1",
        "match": true,
        "score": 1.0,
        "target": true,
        "caption": FULL_NAME,
        "datasets": datasets,
        "features": null,
        "rca_name": "",
        "first_seen": "2024-01-15T00:00:00Z",
        "last_seen": case.instant(),
        "risk_view": {
            "crimes": weighed(crimes, 20, &json!({})),
            "countries": weighed(100.0, 30, &json!({COUNTRY: 100})),
            "categories": weighed(100.0, 50, &json!({datasets[datasets.len() - 1]: 100})),
            "custom_list": {},
        },
        "properties": properties(&born),
        "match_score": 100.0,
        "risk_score": 100.0 * 0.3 + 100.0 * 0.5 + crimes * 0.2,
        "review_status": "Unreviewed",
        "score_breakdown": breakdown(),
        "pep_matches": [office(&born)],
        "sanction_matches": if sanctioned { json!([sanction(case)]) } else { json!([]) },
        "warning_matches": [],
        "adverse_media_details": {
            "sentiment": "neutral", "entity_type": "person", "sentiment_score": 0, "adverse_keywords": {},
        },
        "adverse_media_matches": [],
        "linked_entities": [],
        "additional_information": {},
    })
}

fn weighed(score: f64, weightage: u32, risk_scores: &Value) -> Value {
    let risk_level = if score >= 70.0 { "High" } else { "Low" };
    json!({"score": score, "weightage": weightage, "risk_level": risk_level, "risk_scores": risk_scores})
}

fn properties(year: &str) -> Value {
    json!({
        "title": null, "height": null, "topics": null, "weight": null, "address": null, "country": null,
        "website": null, "eyeColor": null, "keywords": null, "position": "Minister of samples", "religion": null,
        "ethnicity": null, "hairColor": null, "weakAlias": null, "modifiedAt": null, "wikidataId": null,
        "citizenship": null, "nationality": COUNTRY, "name": [FULL_NAME], "alias": [], "notes": [], "gender": [],
        "lastName": [LAST_NAME], "birthDate": [year], "education": [], "firstName": [FIRST_NAME], "birthPlace": [],
    })
}

fn breakdown() -> Value {
    json!({
        "name_score": 100, "name_weight": 60, "name_weight_normalized": 60.0, "name_contribution": 60.0,
        "dob_score": 100, "dob_weight": 25, "dob_weight_normalized": 25.0, "dob_contribution": 25.0,
        "country_score": 100, "country_weight": 15, "country_weight_normalized": 15.0, "country_contribution": 15.0,
        "document_number_match_type": "NEUTRAL",
        "document_number_effect": "No document number on the listing",
        "total_score": 100,
    })
}

fn office(born: &str) -> Value {
    json!({
        "aliases": [],
        "education": [],
        "list_name": "Sandbox register of public offices",
        "publisher": "Sandbox",
        "source_url": "https://lists.sandbox.example/pep",
        "description": "Invented entry of the sandbox.",
        "matched_name": FULL_NAME,
        "pep_position": "Minister of samples",
        "date_of_birth": born,
        "other_sources": [],
        "place_of_birth": "",
    })
}

fn sanction(case: &Case<'_>) -> Value {
    json!({
        "list_name": ["Sandbox sanctions list"],
        "matched_name": FULL_NAME,
        "description": "Invented entry of the sandbox.",
        "reason": null,
        "source_url": "https://lists.sandbox.example/sanctions",
        "other_sources": [],
        "details": [],
        "legal_basis": [],
        "listed_on": ["2024-01-15"],
        "sanction_list": ["Sandbox sanctions list"],
        "sanction_program": [],
        "sanctioning_authority": ["Sandbox"],
        "updated_on": [case.today()],
        "additional_data": {},
    })
}
