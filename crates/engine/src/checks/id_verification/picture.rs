//! What is wrong with the pictures themselves: their quality, and traces of screens and copies.

use model::warning::{Action, Risk, Warning};
use serde_json::{Value, json};
use vision::quality::{BrightnessIssue, Quality, Reason};
use vision::recapture::Cues;

use super::Case;

/// Warns of pictures that are not good enough, and of documents that are not the original.
pub(super) fn weigh(case: &mut Case) {
    let sides = case.evidence.sides;
    let cut: Vec<&str> = sides.iter().filter(|side| side.is_cut_off).map(|side| side.side.as_str()).collect();
    if !cut.is_empty() {
        case.warn_with(Risk::DocumentNotFullyVisible, json!({ "sides": cut }));
    }
    let reasons: Vec<(&str, &Reason)> = sides
        .iter()
        .filter_map(|side| Some((side.side.as_str(), side.quality.as_ref()?)))
        .flat_map(|(side, quality)| quality.reasons.iter().map(move |reason| (side, reason)))
        .collect();
    for risk in [
        Risk::ImageTooBlurry,
        Risk::ImageTooDark,
        Risk::ImageTooBright,
        Risk::ImageResolutionTooLow,
        Risk::DocumentOcclusionDetected,
    ] {
        let mut about: Vec<&str> = reasons
            .iter()
            .filter(|(_, reason)| risk_of(reason) == Some(risk))
            .map(|(side, _)| *side)
            .collect();
        about.dedup();
        if !about.is_empty() {
            case.warn_with(risk, json!({ "sides": about }));
        }
    }
    weigh_score(case);
    for (name, risk, cue) in [
        (
            "screen_replay",
            Risk::ScreenCaptureDetected,
            (|cues: &Cues| cues.screen_replay) as fn(&Cues) -> Option<f32>,
        ),
        ("printed_copy", Risk::PrintedCopyDetected, |cues| cues.printed_copy),
        ("portrait_replace", Risk::PortraitManipulationDetected, |cues| cues.portrait_replaced),
    ] {
        weigh_cue(case, name, risk, cue);
    }
}

fn risk_of(reason: &Reason) -> Option<Risk> {
    match reason {
        Reason::Blurred { .. } => Some(Risk::ImageTooBlurry),
        Reason::TooDark => Some(Risk::ImageTooDark),
        Reason::TooBright => Some(Risk::ImageTooBright),
        Reason::TooSmall { .. } => Some(Risk::ImageResolutionTooLow),
        Reason::Glare { .. } | Reason::Covered { .. } => Some(Risk::DocumentOcclusionDetected),
        _ => None,
    }
}

/// The workflow's own threshold of quality.
fn weigh_score(case: &mut Case) {
    let least = case.evidence.config.get("id_document_quality_threshold").and_then(Value::as_f64);
    let scores = case.evidence.sides.iter().filter_map(|side| side.quality.as_ref());
    let worst = scores.map(|quality| f64::from(quality.overall_score)).fold(f64::MAX, f64::min);
    if let Some(least) = least.filter(|least| worst < *least) {
        let context = json!({ "overall_score": rounded(worst as f32), "threshold": least });
        case.warn_with(Risk::ImageQualityTooLow, context);
    }
}

/// Scores below a threshold decline or review (features §2.5); without thresholds nobody asked. Portraits are not found
/// yet, so that their score is not computed and not asked for.
fn weigh_cue(case: &mut Case, name: &str, risk: Risk, cue: fn(&Cues) -> Option<f32>) {
    let config = case.evidence.config;
    let threshold = |kind: &str| {
        config.get(&format!("document_liveness_{name}_{kind}_threshold")).and_then(Value::as_f64)
    };
    let (decline, review) = (threshold("decline"), threshold("review"));
    if decline.is_none() && review.is_none() {
        return;
    }
    let scores = case.evidence.sides.iter().filter_map(|side| side.cues.as_ref().and_then(cue));
    let least = scores.map(f64::from).reduce(f64::min);
    let Some(score) = least else {
        let known = case.warnings.iter().any(|warning| warning.risk == Risk::DocumentLivenessNotComputed);
        if risk != Risk::PortraitManipulationDetected && !known {
            case.warn(Risk::DocumentLivenessNotComputed);
        }
        return;
    };
    let below = |threshold: Option<f64>| threshold.is_some_and(|threshold| score < threshold);
    let action = if below(decline) {
        Action::Decline
    } else if below(review) {
        Action::Review
    } else {
        return;
    };
    let node_id = case.evidence.node_id.clone();
    let additional_data = Some(json!({ "score": rounded(score as f32) }));
    case.warnings.push(Warning { risk, action, additional_data, node_id });
}

/// The contract's object (features §2.4).
pub(super) fn shown(quality: &Quality) -> Value {
    let issue = match quality.brightness_issue {
        BrightnessIssue::Ok => "ok",
        BrightnessIssue::TooDark => "too_dark",
        BrightnessIssue::TooBright => "too_bright",
    };
    json!({
        "focus_score": rounded(quality.focus_score),
        "brightness_score": rounded(quality.brightness_score),
        "brightness_issue": issue,
        "is_document_fully_visible": quality.is_document_fully_visible,
        "resolution_score": rounded(quality.resolution_score),
        "overall_score": rounded(quality.overall_score),
    })
}

fn rounded(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}
