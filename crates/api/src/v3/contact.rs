//! Codes for e-mail addresses and phone numbers without a session (features §10.5, §11.4).

use engine::Engine;
use engine::contact::standalone::Refused;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{Code, Problem};

mod check_email;
mod check_phone;
mod fields;
mod send_email;
mod send_phone;
mod view;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(send_email::send_email_code))
        .routes(routes!(check_email::check_email_code))
        .routes(routes!(send_phone::send_phone_code))
        .routes(routes!(check_phone::check_phone_code))
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::InvalidNumber => Self::detail(Code::Invalid, "Invalid phone number provided."),
            Refused::LineType => Self::detail(Code::Invalid, "Invalid phone line type provided."),
            Refused::NumberCap => Self::new(Code::NumberCap),
            Refused::Throttled(seconds) => Self::throttled(seconds),
            Refused::ProviderUnavailable => Self::new(Code::PhoneProviderUnavailable).with_code(),
            Refused::InsufficientCredits(message) => Self::error(Code::PermissionDenied, message),
            Refused::Store(error) => Self::server_error(&error),
        }
    }
}
