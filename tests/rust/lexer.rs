// The tokens of files as rustc's own lexer has them, in the form of driver.c: for each
// path on standard input a line "PATH COUNT HASH", or with --dump every token.
use rustc_lexer::{FrontmatterAllowed, LiteralKind::*, TokenKind::*};
use std::io::BufRead;

struct Sink {
    dump: bool,
    count: u64,
    hash: u64,
}

impl Sink {
    fn put(&mut self, kind: u8, begin: usize, len: usize) {
        if self.dump {
            println!("{} {} {}", kind as char, begin, len);
        }
        self.count += 1;
        for word in [kind as u64, begin as u64, len as u64] {
            self.hash = (self.hash ^ word).wrapping_mul(0x100000001b3);
        }
    }
}

fn one(path: &str, dump: bool) {
    let Ok(bytes) = std::fs::read(path) else { return };
    let Ok(text) = String::from_utf8(bytes) else { return };
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    at += rustc_lexer::strip_shebang(&text[at..]).unwrap_or(0);
    let mut sink = Sink { dump, count: 0, hash: 0xcbf29ce484222325 };
    for token in rustc_lexer::tokenize(&text[at..], FrontmatterAllowed::Yes) {
        let len = token.len as usize;
        let kind = match token.kind {
            LineComment { .. } | BlockComment { .. } | Whitespace => 0,
            Ident | InvalidIdent => b'I',
            RawIdent => b'R',
            UnknownPrefix => b'p',
            Lifetime { .. } | RawLifetime | UnknownPrefixLifetime => b'L',
            Literal { kind, .. } => match kind {
                Int { .. } => b'i',
                Float { .. } => b'f',
                Char { .. } => b'c',
                Byte { .. } => b'y',
                Str { .. } => b's',
                ByteStr { .. } => b'b',
                CStr { .. } => b'z',
                RawStr { .. } => b'S',
                RawByteStr { .. } => b'B',
                RawCStr { .. } => b'Z',
            },
            GuardedStrPrefix if text.as_bytes()[at + 1] == b'#' => {
                sink.put(b'#', at, 1);
                sink.put(b'#', at + 1, 1);
                0
            }
            Unknown | Frontmatter { .. } => b'?',
            _ => text.as_bytes()[at],
        };
        if kind != 0 {
            sink.put(kind, at, len);
        }
        at += len;
    }
    if !dump {
        println!("{} {} {:016x}", path, sink.count, sink.hash);
    }
}

fn main() {
    let dump = std::env::args().any(|a| a == "--dump");
    for line in std::io::stdin().lock().lines() {
        one(&line.unwrap(), dump);
    }
}
