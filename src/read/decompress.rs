//! A file as it is meant: gzip, Zstandard, bzip2 and xz undone, by content and not by name, all members of an archive
//! in a row.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bzip2::bufread::BzDecoder;
use flate2::bufread::GzDecoder;
use liblzma::bufread::XzDecoder;

use super::charset::{Transcoder, Wide};

/// Largest window a Zstandard frame may ask for, as a power of two: what `zstd` itself accepts without being told.
const WINDOW_LOG: u32 = 27;
/// Memory that an xz file may ask for, in bytes: four times what `xz -9` needs.
const XZ_MEMORY: u64 = 256 << 20;
/// Bytes that tell a packed file.
const MAGIC: usize = 6;
const BUFFER: usize = 256 << 10;
/// Archives in archives that are undone; deeper ones are an attack.
const NESTED: usize = 3;

/// Bytes of a file on disk that were read so far.
pub(super) type Position = Arc<AtomicU64>;

/// Decompressed bytes, with a look ahead.
pub(super) struct Content {
    bytes: Buffered,
    position: Position,
}

impl Content {
    pub(super) fn new(file: Box<dyn Read + Send>) -> io::Result<Self> {
        let position = Position::default();
        let mut bytes = Buffered::new(Box::new(Counted { file, position: Arc::clone(&position) }));
        let mut layers = 0;
        while let Some(kind) = Kind::of(bytes.peek(MAGIC)?).filter(|_| layers < NESTED) {
            bytes = Buffered::new(Box::new(Members { member: Some(Member::open(kind, bytes)?), between: None }));
            layers += 1;
        }
        Ok(Self { bytes, position })
    }

    /// The same content, from UTF-16 or UTF-32 to UTF-8.
    pub(super) fn transcoded(self, from: Wide) -> Self {
        let position = self.position();
        Self { bytes: Buffered::new(Box::new(Transcoder::new(self, from))), position }
    }

    /// The next bytes, up to `most` of them, without reading past them. An error is given only where nothing could
    /// be read at all, else by the read that comes to it.
    pub(super) fn peek(&mut self, most: usize) -> io::Result<&[u8]> {
        self.bytes.peek(most)
    }

    pub(super) fn position(&self) -> Position {
        Arc::clone(&self.position)
    }
}

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(buffer)
    }
}

/// A source that may be able to go on after damage.
pub(super) trait Layer: Read + Send {
    /// After an error: goes to the next part that can be read, if there is one.
    fn recover(&mut self) -> io::Result<bool> {
        Ok(false)
    }
}

impl Layer for Content {
    fn recover(&mut self) -> io::Result<bool> {
        self.bytes.recover()
    }
}

impl Layer for &[u8] {}

/// Bytes of a source, with a look ahead as far as is asked for.
struct Buffered {
    source: Box<dyn Layer>,
    buffer: Vec<u8>,
    start: usize,
    /// What a look ahead ran into, for the read that comes there.
    broken: Option<io::Error>,
}

impl Buffered {
    fn new(source: Box<dyn Layer>) -> Self {
        Self { source, buffer: Vec::new(), start: 0, broken: None }
    }

    fn peek(&mut self, most: usize) -> io::Result<&[u8]> {
        if self.broken.is_none() && self.buffer.len() - self.start < most {
            self.buffer.drain(..self.start);
            self.start = 0;
            self.broken = super::fill(&mut self.source, &mut self.buffer, most).err();
        }
        match self.broken.take_if(|_| self.buffer.len() == self.start) {
            Some(error) => Err(error),
            None => Ok(&self.buffer[self.start..][..most.min(self.buffer.len() - self.start)]),
        }
    }
}

impl BufRead for Buffered {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.buffer.len() {
            if let Some(error) = self.broken.take() {
                return Err(error);
            }
            self.start = 0;
            self.buffer.resize(BUFFER, 0);
            let read = self.source.read(&mut self.buffer);
            self.buffer.truncate(*read.as_ref().unwrap_or(&0));
            read?;
        }
        Ok(&self.buffer[self.start..])
    }

    fn consume(&mut self, amount: usize) {
        self.start = (self.start + amount).min(self.buffer.len());
    }
}

impl Read for Buffered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let is_empty = self.start == self.buffer.len() && self.broken.is_none();
        if is_empty && buffer.len() >= BUFFER / 2 {
            return self.source.read(buffer);
        }
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl Layer for Buffered {
    fn recover(&mut self) -> io::Result<bool> {
        self.source.recover()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

impl Kind {
    fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            // The second is a frame to be skipped, which may come first.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31 | 0x17, 0x41 | 0x72, ..] => Some(Self::Bzip2),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            _ => None,
        }
    }

    fn first(self) -> u8 {
        match self {
            Self::Gzip => 0x1f,
            Self::Zstd => 0x28,
            Self::Bzip2 => b'B',
            Self::Xz => 0xfd,
        }
    }
}

/// One member of an archive that is being unpacked.
enum Member {
    Gzip(GzDecoder<Buffered>),
    Zstd(zstd::Decoder<'static, Buffered>),
    Bzip2(BzDecoder<Buffered>),
    Xz(XzDecoder<Buffered>),
}

impl Member {
    fn open(kind: Kind, source: Buffered) -> io::Result<Self> {
        Ok(match kind {
            Kind::Gzip => Self::Gzip(GzDecoder::new(source)),
            Kind::Zstd => {
                let mut decoder = zstd::Decoder::with_buffer(source)?.single_frame();
                decoder.window_log_max(WINDOW_LOG)?;
                Self::Zstd(decoder)
            }
            Kind::Bzip2 => Self::Bzip2(BzDecoder::new(source)),
            Kind::Xz => {
                let stream = liblzma::stream::Stream::new_stream_decoder(XZ_MEMORY, 0).map_err(io::Error::other)?;
                Self::Xz(XzDecoder::new_stream(source, stream))
            }
        })
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Gzip(_) => Kind::Gzip,
            Self::Zstd(_) => Kind::Zstd,
            Self::Bzip2(_) => Kind::Bzip2,
            Self::Xz(_) => Kind::Xz,
        }
    }

    fn into_inner(self) -> Buffered {
        match self {
            Self::Gzip(decoder) => decoder.into_inner(),
            Self::Zstd(decoder) => decoder.finish(),
            Self::Bzip2(decoder) => decoder.into_inner(),
            Self::Xz(decoder) => decoder.into_inner(),
        }
    }
}

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(decoder) => decoder.read(buffer),
            Self::Zstd(decoder) => decoder.read(buffer),
            Self::Bzip2(decoder) => decoder.read(buffer),
            Self::Xz(decoder) => decoder.read(buffer),
        }
    }
}

/// All was unpacked, and then came something else.
#[derive(Debug, thiserror::Error)]
#[error("what follows the end of the packed data is no part of it")]
struct AfterEnd;

/// Whether an error came after all that the archive holds.
pub(super) fn is_after_end(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<AfterEnd>())
}

/// All members of an archive in a row.
struct Members {
    member: Option<Member>,
    /// What is left after a member that no other follows.
    between: Option<Buffered>,
}

impl Members {
    /// The member after the one that ended, which left `source`.
    fn advance(&mut self, mut source: Buffered) -> io::Result<()> {
        // Tapes and block devices pad with zeros, and so does xz.
        loop {
            let padding = source.fill_buf()?.iter().take_while(|&&b| b == 0).count();
            if padding == 0 {
                break;
            }
            source.consume(padding);
        }
        let next = source.peek(MAGIC)?;
        if next.is_empty() {
            return Ok(());
        }
        match Kind::of(next) {
            Some(kind) => self.member = Some(Member::open(kind, source)?),
            None => {
                self.between = Some(source);
                return Err(io::Error::new(io::ErrorKind::InvalidData, AfterEnd));
            }
        }
        Ok(())
    }
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = self.member.as_mut().filter(|_| !buffer.is_empty()) {
            match member.read(buffer)? {
                0 => {
                    if let Some(ended) = self.member.take() {
                        self.advance(ended.into_inner())?;
                    }
                }
                read => return Ok(read),
            }
        }
        Ok(0)
    }
}

impl Layer for Members {
    /// Goes on with the next member of the same kind.
    fn recover(&mut self) -> io::Result<bool> {
        let Some(damaged) = self.member.take() else { return Ok(false) };
        let kind = damaged.kind();
        let mut source = damaged.into_inner();
        loop {
            let bytes = source.fill_buf()?;
            let all = bytes.len();
            if all == 0 {
                return Ok(false);
            }
            match memchr::memchr(kind.first(), bytes) {
                None => source.consume(all),
                Some(at) => {
                    source.consume(at);
                    if Kind::of(source.peek(MAGIC)?) == Some(kind) {
                        self.member = Some(Member::open(kind, source)?);
                        return Ok(true);
                    }
                    source.consume(1);
                }
            }
        }
    }
}

struct Counted {
    file: Box<dyn Read + Send>,
    position: Position,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.position.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Layer for Counted {}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn bzip2(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn xz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 0).unwrap()
    }

    fn content(bytes: Vec<u8>) -> Content {
        Content::new(Box::new(io::Cursor::new(bytes))).unwrap()
    }

    /// What was read, and what ended it.
    fn read(bytes: Vec<u8>) -> (String, Option<io::Error>) {
        let mut out = Vec::new();
        let content = Content::new(Box::new(io::Cursor::new(bytes)));
        let error = content.and_then(|mut content| content.read_to_end(&mut out)).err();
        (String::from_utf8(out).unwrap(), error)
    }

    #[test]
    fn members_of_every_kind_follow_each_other() {
        type Pack = fn(&[u8]) -> Vec<u8>;
        let all: [Pack; 4] = [gzip, zstd, bzip2, xz];
        for (number, pack) in all.into_iter().enumerate() {
            let (out, error) = read([pack(b"one "), pack(b""), pack(b"two")].concat());
            assert_eq!((out.as_str(), error.is_none()), ("one two", true), "{number}");
            let (out, error) = read([pack(b"one"), vec![0; 1024]].concat());
            assert_eq!((out.as_str(), error.is_none()), ("one", true), "{number}: padding");
            let (out, error) = read([pack(b"one"), b"garbage".to_vec()].concat());
            assert_eq!(out, "one", "{number}: garbage");
            assert!(error.unwrap().to_string().contains("no part of it"));
            let whole = pack("some words that are long enough ".repeat(40).as_bytes());
            let (_, error) = read(whole[..whole.len() - 5].to_vec());
            assert!(error.is_some(), "{number}: cut");
        }
        assert_eq!(read([gzip(b"one "), zstd(b"two "), xz(b"three")].concat()).0, "one two three");
    }

    #[test]
    fn archives_in_archives_are_undone() {
        let (out, error) = read(gzip(&zstd(&bzip2(b"deep"))));
        assert_eq!((out.as_str(), error.is_none()), ("deep", true));
        // Deeper ones come out as they are.
        let mut out = Vec::new();
        content(gzip(&gzip(&gzip(&gzip(b"deeper"))))).read_to_end(&mut out).unwrap();
        assert!(out.starts_with(b"\x1f\x8b"));
    }

    #[test]
    fn a_look_ahead_takes_nothing() {
        let mut content = content(gzip(b"0123456789"));
        assert_eq!(content.peek(4).unwrap(), b"0123");
        assert_eq!(content.peek(2).unwrap(), b"01");
        let mut rest = String::new();
        content.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "0123456789");
    }

    #[test]
    fn after_damage_the_next_member_can_be_read() {
        let mut damaged = gzip("words and more words ".repeat(20).as_bytes());
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0x55;
        damaged[middle + 1] ^= 0x55;
        let mut content = content([gzip(b"one"), damaged, gzip(b"three")].concat());
        let mut out = Vec::new();
        assert!(content.read_to_end(&mut out).is_err());
        assert!(out.starts_with(b"one"));
        out.clear();
        assert!(content.recover().unwrap());
        content.read_to_end(&mut out).unwrap();
        assert_eq!(out, b"three");
        assert!(!content.recover().unwrap());
    }
}
