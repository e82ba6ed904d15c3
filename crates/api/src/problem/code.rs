//! The closed list of reasons a request can be refused for. Adding one is a change of the API.

use axum::http::StatusCode;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $code:literal $status:ident $sentence:literal;)+) => {
        /// Why a request was refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The code as routes of our own send it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The HTTP status that goes with it.
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)+ }
            }

            /// What the caller reads when nothing more particular is known.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)+ }
            }
        }
    };
}

codes! {
    /// The body is not JSON, or not UTF-8.
    ParseError "parse_error" BAD_REQUEST "Malformed request.";
    /// Fields are missing or wrong.
    Invalid "invalid" BAD_REQUEST "Invalid input.";
    /// E-mail and password do not belong together.
    WrongCredentials "wrong_credentials" BAD_REQUEST "Invalid email or password.";
    /// The account exists, its address has not been confirmed.
    EmailNotVerified "email_not_verified" BAD_REQUEST "Email is not verified. Check your email for the verification code.";
    /// The body is in a format the route does not read.
    UnsupportedMediaType "unsupported_media_type" UNSUPPORTED_MEDIA_TYPE "Unsupported media type in request.";
    /// The body did not arrive in time.
    RequestTimeout "request_timeout" REQUEST_TIMEOUT "The request body did not arrive in time.";
    /// The body is larger than any route accepts.
    BodyTooLarge "body_too_large" PAYLOAD_TOO_LARGE "Request body exceeds the limit of 5 MB.";
    /// The key or token is missing, malformed, unknown, or may not do this.
    PermissionDenied "permission_denied" FORBIDDEN "You do not have permission to perform this action.";
    /// The organisation demands that somebody else approves this first.
    SecondPersonNeeded "second_person_needed" FORBIDDEN "A second person must approve this. Nothing was done; the request waits for approval.";
    /// Whoever asks does not approve.
    OwnRequest "own_request" FORBIDDEN "Somebody else must approve this request.";
    /// The request for a second person was decided, or its time is over.
    NotPending "not_pending" CONFLICT "This request does not wait any more.";
    /// What was asked for was about something that has changed since.
    ObjectChanged "object_changed" CONFLICT "What this request is about has changed since. Nothing was done; ask again.";
    /// The share token is not one of ours, or its time is over.
    ShareTokenInvalid "share_token_invalid" UNAUTHORIZED "Invalid share token.";
    /// There is no such thing here, or it belongs to someone else.
    NotFound "not_found" NOT_FOUND "Not found.";
    /// There is no such webhook destination here.
    DestinationNotFound "destination_not_found" NOT_FOUND "Webhook destination not found.";
    /// The route exists, the method does not.
    MethodNotAllowed "method_not_allowed" METHOD_NOT_ALLOWED "Method not allowed.";
    /// Too many requests or attempts.
    Throttled "throttled" TOO_MANY_REQUESTS "Request was throttled.";
    /// The `Idempotency-Key` belongs to another request.
    KeyReused "idempotency_key_reused" UNPROCESSABLE_ENTITY "This Idempotency-Key was used for a different request. Nothing was changed; use another key.";
    /// The first request under this `Idempotency-Key` has not been answered yet.
    KeyInUse "idempotency_key_in_use" CONFLICT "A request with this Idempotency-Key is still being carried out. Send it again.";
    /// The first request under this `Idempotency-Key` changed something and was cut off.
    AnswerLost "idempotency_answer_lost" CONFLICT "The first request with this Idempotency-Key took effect, but its answer was lost. Look up the result; repeating it needs another key.";
    /// The answer under this `Idempotency-Key` was erased with its session.
    AnswerErased "idempotency_answer_erased" CONFLICT "The answer to this Idempotency-Key was erased with its session. Use another key.";
    /// Four codes were sent to this number within the hour.
    NumberCap "number_cap" TOO_MANY_REQUESTS "Maximum verification attempts reached for this phone number. Only 4 authentication attempts are allowed per hour. Try again later or use a different number.";
    /// Text messages cannot leave at the moment.
    PhoneProviderUnavailable "phone_provider_unavailable" BAD_GATEWAY "The phone verification provider is temporarily unavailable.";
    /// Something of ours broke.
    ServerError "server_error" INTERNAL_SERVER_ERROR "A server error occurred.";
    /// The database does not answer.
    Unhealthy "unhealthy" SERVICE_UNAVAILABLE "Service is unhealthy.";
    /// The session's state does not allow this now.
    NotNow "not_now" CONFLICT "The session is not at this step.";
    /// The hosted link leads to no session.
    SessionNotFound "session_not_found" NOT_FOUND "This verification link is not valid.";
    /// The country or document type is not allowed by the workflow.
    DocumentNotAllowed "document_not_allowed" BAD_REQUEST "This document is not accepted here.";
    /// The file is larger than an upload may be.
    TooLarge "too_large" BAD_REQUEST "The file is larger than 10 MB.";
    /// The chunk does not start where the upload stands.
    OffsetMismatch "offset_mismatch" CONFLICT "The upload stands at another offset.";
    /// The bytes received are not the bytes announced.
    ChecksumMismatch "checksum_mismatch" BAD_REQUEST "The file arrived damaged. Please send it again.";
    /// The chosen document has no such side.
    UnknownPart "unknown_part" BAD_REQUEST "This document has no such side.";
    /// The session has no such upload, or its attempt is over.
    UploadNotFound "upload_not_found" NOT_FOUND "There is no such upload.";
    /// A chunk is empty, too long or goes past the end.
    ChunkSize "chunk_size" BAD_REQUEST "A chunk holds at most 262144 bytes and ends with the file.";
    /// Not every byte has arrived.
    Incomplete "incomplete" BAD_REQUEST "The upload is not complete.";
    /// What was typed is no e-mail address or phone number.
    InvalidAddress "invalid_address" BAD_REQUEST "This is not a valid address.";
    /// The workflow takes no numbers of this country or kind.
    NumberNotAllowed "number_not_allowed" BAD_REQUEST "Numbers like this are not accepted here.";
    /// The workflow takes addresses of companies only.
    CorporateOnly "corporate_only" BAD_REQUEST "Please use the address you have at work.";
    /// No message can be delivered to the address.
    Undeliverable "undeliverable" BAD_REQUEST "No message can be delivered to this address.";
    /// The message could not be handed on; asking again is right.
    NotSent "not_sent" CONFLICT "The message could not be sent. Please try again.";
    /// A code has only just left.
    TooSoon "too_soon" CONFLICT "A code has just been sent.";
    /// As many codes as the workflow allows have left.
    NoSendsLeft "no_sends_left" CONFLICT "No more codes can be sent.";
    /// Too many codes were sent to the address within the hour.
    TooManyCodes "too_many_codes" CONFLICT "Too many codes were sent to this address.";
    /// Not the code that was sent.
    WrongCode "wrong_code" BAD_REQUEST "The code is wrong.";
    /// The code's five minutes are over.
    CodeExpired "code_expired" BAD_REQUEST "The code is no longer good.";
    /// Another request changed the session at the same moment; asking again is right.
    Busy "busy" CONFLICT "Another request was faster. Please try again.";
    /// The content is none of the picture formats.
    NotAnImage "not_an_image" BAD_REQUEST "The file is not a JPEG, PNG, WebP or TIFF picture.";
}
