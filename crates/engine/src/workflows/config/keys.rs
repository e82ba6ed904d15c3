//! The table of keys, feature by feature, in the contract's order (core API §5.7).

use model::feature::Feature;

use super::nested;
use super::shape::Shape::{
    self, Action, Decision, Documents, Each, Flag, Percent, Registries, Score, Set, StatusRules, Text, Uuid,
    Whole, Word,
};
use super::shape::{Key, MANY};

/// What the key may hold, if the feature has it.
pub(super) fn shape(feature: Feature, key: &str) -> Option<Shape> {
    if key == "status_rules" {
        return Some(StatusRules);
    }
    let find = |keys: &[Key]| keys.iter().find(|(name, _)| *name == key).map(|(_, shape)| *shape);
    match feature {
        Feature::Ocr => find(OCR),
        Feature::Nfc => find(NFC),
        Feature::Liveness => find(LIVENESS),
        Feature::AgeEstimation => find(AGE).or_else(|| find(LIVENESS)),
        Feature::FaceMatch => find(FACE_MATCH),
        Feature::ProofOfAddress => find(POA),
        Feature::PhoneVerification => find(PHONE),
        Feature::EmailVerification => find(EMAIL),
        Feature::Aml => find(AML),
        Feature::IpAnalysis => find(IP),
        Feature::DatabaseValidation => find(DATABASE),
        Feature::Questionnaire => find(QUESTIONNAIRE),
        Feature::DocumentAi => find(DOCUMENT_AI),
        Feature::KybRegistry => find(KYB_REGISTRY),
        Feature::KybDocuments => find(KYB_DOCUMENTS),
        Feature::KybKeyPeople => find(KYB_KEY_PEOPLE),
    }
}

const CRITICAL_FIELDS: &[&str] = &[
    "first_name",
    "middle_name",
    "last_name",
    "date_of_birth",
    "date_of_issue",
    "expiration_date",
    "document_number",
    "personal_number",
    "tax_number",
    "gender",
    "address",
    "place_of_birth",
    "nationality",
    "marital_status",
];

const OCR: &[Key] = &[
    ("documents_allowed", Documents),
    ("image_capture_methods_allowed", Each(&Word(&["CAMERA_SCAN", "UPLOAD"]), 2)),
    ("is_image_capture_review_screen_enabled", Flag),
    ("document_audio_recording_enabled", Flag),
    ("document_blur_fields_by_country", nested::BLURRED_FIELDS),
    ("id_verification_max_retry_attempts", Whole(2, 5)),
    ("id_document_quality_threshold", Percent),
    ("methods", nested::METHODS),
    ("document_liveness_portrait_replace_review_threshold", Percent),
    ("document_liveness_portrait_replace_decline_threshold", Percent),
    ("document_liveness_printed_copy_review_threshold", Percent),
    ("document_liveness_printed_copy_decline_threshold", Percent),
    ("document_liveness_screen_replay_review_threshold", Percent),
    ("document_liveness_screen_replay_decline_threshold", Percent),
    ("is_document_selfie_portrait_match_enabled", Flag),
    ("document_selfie_portrait_match_review_threshold", Percent),
    ("document_selfie_portrait_match_decline_threshold", Percent),
    ("id_verification_name_match_score_threshold", Percent),
    ("is_age_restrictions_enabled", Flag),
    ("minimum_age", Whole(1, 120)),
    ("maximum_age", Whole(1, 120)),
    ("minimum_age_action", Action),
    ("maximum_age_action", Action),
    ("age_restrictions_by_country", nested::AGES_BY_COUNTRY),
    ("duplicated_user_action", Action),
    ("expected_details_mismatch_action", Action),
    ("expiration_date_not_detected_action", Action),
    ("inconsistent_data_action", Action),
    ("invalid_mrz_action", Action),
    ("invalid_code_action", Action),
    ("invalid_validation_action", Action),
    ("document_or_personal_number_format_mismatch_action", Action),
    ("document_without_portrait_action", Action),
    ("image_quality_too_low_action", Action),
    ("image_too_blurry_action", Action),
    ("image_too_bright_action", Action),
    ("image_too_dark_action", Action),
    ("unparsed_address_action", Action),
    ("critical_field_occlusion_action", Action),
    ("document_selfie_face_search_enabled", Flag),
    ("document_selfie_duplicated_face_action", Action),
    ("document_selfie_duplicated_face_name_mismatch_action", Action),
    ("document_selfie_duplicated_face_document_mismatch_action", Action),
    ("cross_org_fraud_document_action", Action),
    ("is_ocr_id_verification_data_review_enabled", Flag),
    ("ocr_id_verification_data_review_critical_fields", Each(&Word(CRITICAL_FIELDS), MANY)),
    ("ocr_id_verification_data_review_critical_mismatch_action", Decision),
    ("ocr_id_verification_data_review_minor_mismatch_action", Action),
];

const NFC: &[Key] = &[
    ("allow_nfc_skip", Flag),
    ("skip_nfc_action", Action),
    ("unverified_chip_action", Action),
    ("trust_anchor_missing_action", Action),
];

const LIVENESS: &[Key] = &[
    ("face_liveness_method", Word(&["PASSIVE", "ACTIVE_3D", "FLASHING"])),
    ("face_liveness_mode", Text),
    ("face_liveness_flash_mode", Text),
    ("face_liveness_max_attempts", Whole(1, 3)),
    ("face_liveness_score_review_threshold", Percent),
    ("face_liveness_score_decline_threshold", Percent),
    ("face_quality_review_threshold", Percent),
    ("face_quality_decline_threshold", Percent),
    ("face_luminance_min_threshold", Percent),
    ("face_luminance_max_threshold", Percent),
    ("face_luminance_min_action", Action),
    ("face_luminance_max_action", Action),
    ("face_privacy_mode_enabled", Flag),
    ("face_search_enabled", Flag),
    ("face_liveness_uncertain_retry_enabled", Flag),
    ("face_audio_recording_enabled", Flag),
    ("race_map_similarity_thresholds", nested::LIKENESS_BY_GROUP),
    ("face_liveness_multiple_faces_action", Action),
    ("face_liveness_possible_duplicated_face_action", Action),
    ("face_liveness_duplicated_face_name_mismatch_action", Action),
    ("face_liveness_duplicated_face_document_mismatch_action", Action),
    ("face_liveness_video_anomaly_action", Action),
    ("external_capture_device_action", Action),
    ("frame_injection_action", Action),
    ("screen_capture_action", Action),
    ("virtual_camera_action", Action),
    ("cross_org_identity_claim_pattern_action", Action),
    ("cross_org_fraud_face_action", Action),
];

const AGE: &[Key] = &[
    ("face_liveness_score_review_threshold", Score),
    ("face_liveness_score_decline_threshold", Score),
    ("face_quality_review_threshold", Score),
    ("face_quality_decline_threshold", Score),
    ("face_luminance_min_threshold", Score),
    ("face_luminance_max_threshold", Score),
    ("age_estimation_decline_threshold", Whole(1, 100)),
    ("minimum_age_threshold", Whole(1, 100)),
    ("borderline_minimum_age_threshold", Whole(1, 100)),
    ("borderline_maximum_age_threshold", Whole(1, 100)),
    ("enable_id_verification_fallback", Flag),
];

const FACE_MATCH: &[Key] = &[
    ("face_match_score_review_threshold", Percent),
    ("face_match_score_decline_threshold", Percent),
    ("face_match_max_attempts", Whole(1, 3)),
    ("face_match_not_computed_action", Decision),
    ("face_match_eyes_covered_action", Set(&Action)),
    ("face_match_face_covered_action", Set(&Action)),
    ("face_match_mouth_covered_action", Set(&Action)),
];

const POA: &[Key] = &[
    ("poa_documents_allowed", nested::POA_DOCUMENTS),
    ("poa_languages_allowed", nested::LANGUAGES),
    ("poa_max_retry_attempts", Whole(2, 5)),
    ("poa_name_match_score_threshold", Percent),
    ("poa_document_authenticity_action", Action),
    ("poa_document_issues_action", Action),
    ("poa_issue_date_not_detected_action", Action),
    ("poa_issuer_not_identified_action", Action),
    ("poa_max_attempts_exceeded_action", Action),
    ("poa_name_or_address_mismatch_action", Action),
    ("poa_unparsable_or_invalid_address_action", Action),
    ("poa_unsupported_document_type_action", Action),
    ("poa_unsupported_language_action", Action),
];

const PHONE: &[Key] = &[
    ("code_size", Whole(4, 8)),
    ("phone_max_check_attempts", Whole(1, 5)),
    ("phone_max_retries", Whole(1, 5)),
    ("phone_verification_countries", nested::PHONE_COUNTRIES),
    ("phone_enrichment_enabled", Flag),
    ("phone_intelligence_score_threshold", Percent),
    ("phone_trust_index_threshold", Percent),
    ("phone_shared_device_mode", Flag),
    ("phone_social_enabled", Flag),
    ("phone_no_social_presence_action", Action),
    ("provider_key", Text),
    ("fallback_to_native", Flag),
    ("disposable_number_action", Action),
    ("duplicated_phone_number_action", Action),
    ("voip_number_action", Action),
    ("recent_port_action", Action),
    ("phone_type_risk_action", Action),
    ("low_phone_trust_action", Action),
    ("phone_intelligence_score_action", Action),
    ("cross_org_fraud_phone_action", Action),
    ("high_risk_phone_action", Decision),
];

const EMAIL: &[Key] = &[
    ("email_code_size", Whole(4, 8)),
    ("email_alphanumeric_code", Flag),
    ("email_max_check_attempts", Whole(1, 5)),
    ("email_max_retries", Whole(1, 5)),
    ("email_enrichment_enabled", Flag),
    ("email_intelligence_score_threshold", Percent),
    ("only_corporate_emails_allowed", Flag),
    ("email_social_enabled", Flag),
    ("email_no_social_presence_action", Action),
    ("breached_email_action", Action),
    ("recent_email_breach_action", Action),
    ("frequent_email_breach_action", Action),
    ("disposable_email_action", Action),
    ("duplicated_email_action", Action),
    ("email_intelligence_score_action", Action),
    ("cross_org_fraud_email_action", Action),
];

const AML: &[Key] = &[
    ("aml_name_weight", Percent),
    ("aml_dob_weight", Percent),
    ("aml_country_weight", Percent),
    ("aml_match_score_threshold", Percent),
    ("aml_score_approve_threshold", Percent),
    ("aml_score_review_threshold", Percent),
    ("kyb_company_aml_name_weight", Percent),
    ("kyb_company_aml_dob_weight", Percent),
    ("kyb_company_aml_country_weight", Percent),
    ("kyb_company_aml_match_score_threshold", Percent),
    ("kyb_score_approve_threshold", Percent),
    ("kyb_score_review_threshold", Percent),
    ("is_aml_ongoing_monitoring_enabled", Flag),
    ("kyb_enable_ongoing_monitoring", Flag),
    ("create_cases_on_hit", Flag),
    ("case_blueprint", Uuid),
    ("aml_entity_type", Word(&["person", "company"])),
    ("aml_field_sources", nested::FIELD_SOURCES),
    ("aml_incomplete_data_action", Action),
    ("provider_key", Text),
    ("fallback_to_native", Flag),
];

const IP: &[Key] = &[
    ("is_ip_geofencing_enabled", Flag),
    ("ip_geofencing_by_country", nested::FENCES),
    ("ip_geofencing_action", Action),
    ("vpn_detection_action", Action),
    ("ip_mismatch_action", Action),
    ("ip_location_not_determined_action", Action),
    ("expected_ip_mismatch_action", Action),
    ("duplicated_ip_action", Action),
    ("duplicated_device_action", Action),
    ("multiple_devices_action", Action),
    ("recovered_device_action", Action),
    ("automation_detected_action", Action),
    ("device_app_tampered_action", Action),
    ("device_blocklist_action", Action),
    ("device_debugger_action", Action),
    ("device_emulator_action", Action),
    ("device_hooking_action", Action),
    ("device_integrity_missing_action", Action),
    ("device_rooted_action", Action),
    ("cross_org_fraud_device_action", Action),
    ("cross_org_fraud_ip_action", Action),
];

const DATABASE: &[Key] = &[
    ("database_validation_countries", nested::DATABASE_COUNTRIES),
    ("database_validation_field_sources", nested::FIELD_SOURCES),
    ("database_validation_no_match_action", Action),
    ("database_validation_partial_match_action", Action),
    ("database_validation_not_applicable_action", Action),
];

const QUESTIONNAIRE: &[Key] = &[("questionnaire_uuid", Uuid), ("review_questionnaire_manually", Flag)];

const DOCUMENT_AI: &[Key] = &[
    ("document_ai_documents", nested::OWN_DOCUMENTS),
    ("document_ai_max_retry_attempts", Whole(2, 5)),
    ("document_ai_name_match_score_threshold", Percent),
    ("document_ai_document_tampering_action", Decision),
    ("document_ai_max_attempts_exceeded_action", Decision),
    ("document_ai_missing_required_fields_action", Action),
    ("document_ai_name_mismatch_action", Action),
    ("document_ai_unreadable_document_action", Action),
    ("document_ai_unsupported_file_action", Action),
];

const KYB_REGISTRY: &[Key] = &[
    ("kyb_accepted_countries", nested::COUNTRY_LIST),
    ("kyb_registry_countries_config", Registries),
    ("kyb_registry_fields_config", nested::REGISTRY_FIELDS),
    ("kyb_registry_monitoring_enabled", Flag),
    ("kyb_manual_company_action", Action),
    ("kyb_vat_invalid_action", Action),
    ("kyb_vat_unverified_action", Action),
];

const KYB_DOCUMENTS: &[Key] = &[
    ("kyb_required_document_groups", nested::DOCUMENT_GROUPS),
    ("kyb_document_subtype_config", nested::SUBTYPES),
    ("kyb_document_max_retry_attempts", Whole(1, 5)),
    ("kyb_document_age_action", Action),
    ("kyb_document_critical_mismatch_action", Action),
    ("kyb_document_non_critical_mismatch_action", Action),
    ("kyb_document_max_attempts_exceeded_action", Action),
    ("kyb_document_tampering_action", Action),
];

const KYB_KEY_PEOPLE: &[Key] = &[
    ("kyb_ubo_verification_workflow", Uuid),
    ("kyb_officer_verification_workflow", Uuid),
    ("kyb_shareholder_verification_workflow", Uuid),
    ("kyb_corporate_ubo_verification_workflow", Uuid),
    ("kyb_require_ubo_kyc", Flag),
    ("kyb_require_officer_kyc", Flag),
    ("kyb_require_corporate_ubo_kyb", Flag),
    ("kyb_wait_for_all_ubos", Flag),
    ("kyb_reject_if_ubo_rejected", Flag),
    ("kyb_reuse_verified_individuals", Flag),
    ("kyb_notify_parties_by_email", Flag),
    ("kyb_key_people_ownership_required", Flag),
    ("kyb_key_people_prefill_from_registry", Flag),
    ("kyb_ubo_ownership_threshold", Percent),
    ("kyb_shareholder_ownership_threshold", Percent),
    ("kyb_key_people_person_fields", nested::PARTY_FIELDS),
    ("kyb_key_people_company_fields", nested::PARTY_FIELDS),
    ("kyb_role_config", nested::ROLE_CONFIG),
    ("kyb_key_people_document_mismatch_action", Action),
];
