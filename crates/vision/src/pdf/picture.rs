//! A picture within a file, to pixels (ISO 32000-1 §8.9).

use hayro_syntax::object::stream::{ImageColorSpace, ImageDecodeParams};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use image::{Rgb, RgbImage};

/// What its samples mean.
enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// Colours by number.
    Table(Vec<[u8; 3]>),
}

impl Space {
    fn components(&self) -> usize {
        match self {
            Self::Gray | Self::Table(_) => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }

    fn of_components(count: usize) -> Option<Self> {
        match count {
            1 => Some(Self::Gray),
            3 => Some(Self::Rgb),
            4 => Some(Self::Cmyk),
            _ => None,
        }
    }

    fn colour(&self, samples: &[u8]) -> Rgb<u8> {
        match (self, samples) {
            (Self::Gray, [gray, ..]) => Rgb([*gray; 3]),
            (Self::Rgb, [red, green, blue, ..]) => Rgb([*red, *green, *blue]),
            (Self::Cmyk, [cyan, magenta, yellow, black, ..]) => {
                let light = |ink: u8| (u16::from(255 - ink) * u16::from(255 - black) / 255) as u8;
                Rgb([light(*cyan), light(*magenta), light(*yellow)])
            }
            (Self::Table(colours), [index, ..]) => {
                Rgb(colours.get(usize::from(*index)).copied().unwrap_or_default())
            }
            _ => Rgb([255; 3]),
        }
    }
}

/// Opens a picture; nothing where it is a stencil, damaged, or in a space of its own.
pub(super) fn open(stream: &Stream<'_>, spaces: &Dict<'_>) -> Option<RgbImage> {
    let dict = stream.dict();
    if dict.get::<bool>("ImageMask") == Some(true) {
        return None;
    }
    let (width, height) = (dict.get::<u32>("Width")?, dict.get::<u32>("Height")?);
    let declared = dict.get::<Object<'_>>("ColorSpace").and_then(|space| space_of(space, spaces, 4));
    let bits = dict.get::<u8>("BitsPerComponent");
    let params = ImageDecodeParams {
        is_indexed: matches!(declared, Some(Space::Table(_))),
        bpc: bits,
        num_components: declared.as_ref().map(|space| space.components() as u8),
        target_dimension: None,
        width,
        height,
    };
    let decoded = stream.decoded_image(&params).ok()?;
    let (width, height, own_bits, found) = match &decoded.image_data {
        Some(data) => (data.width, data.height, Some(data.bits_per_component), data.color_space),
        None => (width, height, None, None),
    };
    let space = declared.or(match found {
        Some(ImageColorSpace::Gray) => Some(Space::Gray),
        Some(ImageColorSpace::Rgb) => Some(Space::Rgb),
        Some(ImageColorSpace::Cmyk) => Some(Space::Cmyk),
        _ => None,
    })?;
    let inverted = dict.get::<Array<'_>>("Decode").and_then(|decode| decode.iter::<f32>().next());
    let samples = Samples {
        bytes: &decoded.data,
        bits: usize::from(own_bits.or(bits).unwrap_or(8)),
        per_pixel: space.components(),
        spread: !matches!(space, Space::Table(_)),
        inverted: inverted.is_some_and(|first| first > 0.5) && !matches!(space, Space::Table(_)),
    };
    drawn(width, height, &samples, &space)
}

struct Samples<'s> {
    bytes: &'s [u8],
    bits: usize,
    per_pixel: usize,
    /// Whether a sample of few bits is spread over 0 to 255.
    spread: bool,
    inverted: bool,
}

fn drawn(width: u32, height: u32, samples: &Samples<'_>, space: &Space) -> Option<RgbImage> {
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) > 40_000_000 {
        return None;
    }
    let row = (width as usize * samples.per_pixel * samples.bits).div_ceil(8);
    // Half a picture is worth drawing, a line is not.
    if samples.bytes.len() < row.checked_mul(height as usize)? / 2 {
        return None;
    }
    let mut picture = RgbImage::from_pixel(width, height, Rgb([255; 3]));
    let mut pixel = [0; 4];
    for (y, line) in samples.bytes.chunks(row).take(height as usize).enumerate() {
        for x in 0..width as usize {
            for (component, value) in pixel.iter_mut().take(samples.per_pixel).enumerate() {
                *value = samples.at(line, x * samples.per_pixel + component);
            }
            picture.put_pixel(x as u32, y as u32, space.colour(&pixel));
        }
    }
    Some(picture)
}

impl Samples<'_> {
    fn at(&self, line: &[u8], index: usize) -> u8 {
        let byte = |at: usize| line.get(at).copied().unwrap_or(255);
        let value = match self.bits {
            8 => byte(index),
            16 => byte(index * 2),
            bits @ (1 | 2 | 4) => {
                let at = index * bits;
                let value = byte(at / 8) >> (8 - bits - at % 8) & ((1 << bits) - 1);
                if self.spread { (u16::from(value) * 255 / ((1 << bits) - 1)) as u8 } else { value }
            }
            _ => 255,
        };
        if self.inverted { 255 - value } else { value }
    }
}

/// The space that an object names; references to the page's own spaces are followed.
fn space_of(object: Object<'_>, spaces: &Dict<'_>, depth: usize) -> Option<Space> {
    match object {
        Object::Name(name) => match name.as_str() {
            "DeviceGray" | "G" | "CalGray" => Some(Space::Gray),
            "DeviceRGB" | "RGB" | "CalRGB" => Some(Space::Rgb),
            "DeviceCMYK" | "CMYK" => Some(Space::Cmyk),
            _ if depth > 0 => space_of(spaces.get::<Object<'_>>(&name)?, spaces, depth - 1),
            _ => None,
        },
        Object::Array(array) => space_of_array(&array, spaces, depth),
        _ => None,
    }
}

fn space_of_array(array: &Array<'_>, spaces: &Dict<'_>, depth: usize) -> Option<Space> {
    let mut items = array.iter::<Object<'_>>();
    let kind = items.next()?.into_name()?;
    match kind.as_str() {
        "ICCBased" => {
            let components = items.next()?.into_stream()?.dict().get::<u8>("N")?;
            Space::of_components(usize::from(components))
        }
        "Indexed" | "I" if depth > 0 => {
            let base = space_of(items.next()?, spaces, depth - 1)?;
            let _highest = items.next()?;
            let table = match items.next()? {
                Object::String(bytes) => bytes.as_bytes().to_vec(),
                Object::Stream(stream) => stream.decoded_data().ok()?.into_owned(),
                _ => return None,
            };
            let colours = table.chunks_exact(base.components()).take(256);
            Some(Space::Table(colours.map(|samples| base.colour(samples).0).collect()))
        }
        // One ink of its own: dark where there is much of it.
        "Lab" => None,
        name => space_of(Object::Name(Name::new_unescaped(name.as_bytes())), spaces, 0),
    }
}
