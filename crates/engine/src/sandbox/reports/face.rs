//! Liveness, age estimation and face match (features §4.3, §5.2).

use serde_json::{Value, json};

use super::Case;
use crate::sandbox::scenario::Scenario;

pub(super) fn liveness(case: &Case<'_>) -> Value {
    let method = case.text("face_liveness_method", "PASSIVE").to_ascii_uppercase();
    let (attack, passive) = (case.plays(Scenario::DeclineLivenessAttack), method == "PASSIVE");
    let measured = |value: f64| if passive { json!(value) } else { Value::Null };
    json!({
        "method": method,
        "score": if attack { 8.3 } else { 95.4 },
        "reference_image": null,
        "video_url": null,
        "age_estimation": 34.0,
        "matches": [],
        "face_quality": measured(84.2),
        "face_luminance": measured(51.0),
    })
}

pub(super) fn comparison(case: &Case<'_>) -> Value {
    let score = match case.failing {
        Some(Scenario::DeclineFaceMatchLowSimilarity) => 21.7,
        Some(Scenario::ReviewFaceMatchBorderline) => 61.5,
        _ => 96.1,
    };
    json!({"score": score, "source_image_session_id": null, "source_image": null, "target_image": null})
}
