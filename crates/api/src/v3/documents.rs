//! Documents checked without a session (features §2.6, §9.5).

use engine::Engine;
use engine::documents::{PdfRefused, Refused};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{Code, Problem};

mod form;
mod supported;
mod verify_address;
mod verify_identity;
mod view;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(verify_identity::verify_identity))
        .routes(routes!(verify_address::verify_address))
        .routes(routes!(supported::list_supported_documents))
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::InsufficientCredits(message) => Self::error(Code::PermissionDenied, message),
            Refused::NotRecognised => Self::error(Code::Invalid, "COULD_NOT_RECOGNIZE_DOCUMENT"),
            Refused::Unreadable { part, reason } => {
                Self::field(part, format!("Upload a valid image: {reason}."))
            }
            Refused::Pdf { part, reason } => pdf(part, reason),
            Refused::Unavailable(reason) => Self::detail(Code::Unhealthy, format!("{reason}.")),
            Refused::Broken => Self::new(Code::ServerError),
            Refused::Store(error) => Self::server_error(&error),
        }
    }
}

/// The contract's words for what is wrong with a PDF.
fn pdf(part: &'static str, reason: PdfRefused) -> Problem {
    let detail = |sentence: &str| Problem::detail(Code::Invalid, sentence);
    match reason {
        PdfRefused::Encrypted => {
            detail("The PDF is encrypted. Please upload a decrypted PDF or a photo instead.")
        }
        PdfRefused::WrongPassword => {
            detail("The PDF password is incorrect. Please provide the correct password.")
        }
        PdfRefused::Damaged => Problem::field(part, "The submitted PDF file is corrupted or invalid."),
        PdfRefused::NoPages => Problem::field(part, "The submitted PDF file has no pages."),
        PdfRefused::TooLarge => {
            Problem::field(part, "The submitted PDF file unfolds to more than is opened.")
        }
        PdfRefused::NoPicture if part == "document" => {
            let messages = serde_json::json!(["Error extracting POA information"]);
            Problem::fields(serde_json::Map::from_iter([("error".to_owned(), messages)]))
        }
        PdfRefused::NoPicture => {
            let what = part.replace('_', " ");
            Problem::error(Code::Invalid, format!("Failed to convert {what} PDF."))
        }
    }
}
