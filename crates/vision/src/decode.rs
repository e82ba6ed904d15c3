//! From a stranger's bytes to upright pixels, within limits that hold before anything is allocated.

mod cost;
mod jpeg;
mod png;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, RgbImage};

/// What a picture may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file in bytes.
    pub bytes: usize,
    /// Width times height.
    pub pixels: u64,
}

impl Limits {
    /// 10 MiB and 40 megapixels: more than any phone's camera writes as a JPEG.
    pub const UPLOAD: Self = Self { bytes: 10 * 1024 * 1024, pixels: 40_000_000 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::UPLOAD
    }
}

/// Why bytes did not become a picture.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Unreadable {
    #[error("the bytes are not a JPEG, PNG, WebP or TIFF picture")]
    Unrecognised,
    #[error("the file has {bytes} bytes, at most {limit} are accepted")]
    TooManyBytes { bytes: usize, limit: usize },
    #[error("the picture is {width} by {height} pixels, at most {limit} pixels are accepted")]
    TooManyPixels { width: u32, height: u32, limit: u64 },
    #[error("the {kind} file is truncated")]
    Truncated { kind: PictureKind },
    #[error("the {kind} file is damaged: {reason}")]
    Corrupt { kind: PictureKind, reason: String },
}

/// The file formats that are read. Told from the first bytes, never from a name or a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    Jpeg,
    Png,
    WebP,
    Tiff,
}

impl PictureKind {
    /// The format that the first bytes announce.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match image::guess_format(bytes).ok()? {
            ImageFormat::Jpeg => Some(Self::Jpeg),
            ImageFormat::Png => Some(Self::Png),
            ImageFormat::WebP => Some(Self::WebP),
            ImageFormat::Tiff => Some(Self::Tiff),
            _ => None,
        }
    }

    /// Media type to store and serve the file with.
    pub fn media_type(self) -> &'static str {
        self.format().to_mime_type()
    }

    fn format(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::WebP => ImageFormat::WebP,
            Self::Tiff => ImageFormat::Tiff,
        }
    }
}

impl std::fmt::Display for PictureKind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Tiff => "TIFF",
        })
    }
}

/// A file as it came in: nothing is known about it yet.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'bytes> {
    bytes: &'bytes [u8],
}

impl<'bytes> Upload<'bytes> {
    pub fn new(bytes: &'bytes [u8]) -> Self {
        Self { bytes }
    }

    /// Decodes the picture and turns it upright. The dimensions are checked before pixels are allocated.
    pub fn decode(self, limits: Limits) -> Result<Decoded, Unreadable> {
        if self.bytes.len() > limits.bytes {
            return Err(Unreadable::TooManyBytes { bytes: self.bytes.len(), limit: limits.bytes });
        }
        let kind = PictureKind::sniff(self.bytes).ok_or(Unreadable::Unrecognised)?;
        if kind == PictureKind::Jpeg && !jpeg::is_complete(self.bytes) {
            return Err(Unreadable::Truncated { kind });
        }
        let picture = decode_upright(self.bytes, kind, limits)?;
        Ok(Decoded { kind, pixels: picture })
    }
}

/// A picture in memory, upright as its EXIF orientation asks, eight bits per colour.
#[derive(Debug, Clone)]
pub struct Decoded {
    pub(crate) kind: PictureKind,
    pub(crate) pixels: RgbImage,
}

impl Decoded {
    /// Takes pixels that did not come from a file, such as a drawn document.
    pub fn from_pixels(pixels: RgbImage) -> Self {
        Self { kind: PictureKind::Png, pixels }
    }

    /// What the file was.
    pub fn kind(&self) -> PictureKind {
        self.kind
    }

    /// Pixels, upright.
    pub fn width(&self) -> u32 {
        self.pixels.width()
    }

    /// Pixels, upright.
    pub fn height(&self) -> u32 {
        self.pixels.height()
    }

    pub fn pixels(&self) -> &RgbImage {
        &self.pixels
    }
}

/// What a decoder may take for itself beside the pixels: tables, strips, one animation frame.
const DECODER_BYTES: u64 = 200_000_000;

fn decode_upright(bytes: &[u8], kind: PictureKind, limits: Limits) -> Result<RgbImage, Unreadable> {
    let corrupt = |error: image::ImageError| corrupt(kind, &error);
    let bytes =
        if kind == PictureKind::Png { Cow::Owned(png::essential(bytes)) } else { Cow::Borrowed(bytes) };
    let mut reader = ImageReader::with_format(Cursor::new(&bytes), kind.format());
    let mut allowance = image::Limits::default();
    allowance.max_alloc = Some(DECODER_BYTES);
    reader.limits(allowance);
    let mut decoder = reader.into_decoder().map_err(corrupt)?;
    let (width, height) = decoder.dimensions();
    let limit = limits.pixels.min(cost::most_pixels(kind, &bytes, decoder.original_color_type()));
    if u64::from(width) * u64::from(height) > limit {
        return Err(Unreadable::TooManyPixels { width, height, limit });
    }
    if width == 0 || height == 0 {
        return Err(Unreadable::Corrupt { kind, reason: "it has no pixels".to_owned() });
    }
    // A damaged EXIF block says nothing about the pixels: take them as they are.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut upright = DynamicImage::ImageRgb8(flatten(DynamicImage::from_decoder(decoder).map_err(corrupt)?));
    upright.apply_orientation(orientation);
    Ok(upright.into_rgb8())
}

fn corrupt(kind: PictureKind, error: &image::ImageError) -> Unreadable {
    if let image::ImageError::IoError(io) = error
        && io.kind() == std::io::ErrorKind::UnexpectedEof
    {
        return Unreadable::Truncated { kind };
    }
    Unreadable::Corrupt { kind, reason: error.to_string() }
}

/// Transparent pixels lie on white paper, not on the black that dropping alpha would give.
fn flatten(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let (width, height) = (picture.width(), picture.height());
    // In place, so that no second picture is needed.
    let mut raw = picture.into_rgba8().into_raw();
    let mut to = 0;
    for from in (0..raw.len()).step_by(4) {
        let alpha = u32::from(raw[from + 3]);
        for channel in 0..3 {
            let on_white = (u32::from(raw[from + channel]) * alpha + 255 * (255 - alpha) + 127) / 255;
            raw[to] = on_white as u8;
            to += 1;
        }
    }
    raw.truncate(to);
    RgbImage::from_raw(width, height, raw).expect("three bytes per pixel")
}
