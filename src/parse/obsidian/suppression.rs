//! Comments and properties that switch rules off: `%% vaultlint-disable-next-line RULE -- reason %%`, the same as an HTML
//! comment or as a comment in the frontmatter, and the property `vaultlint-disable`.

use std::sync::LazyLock;

use memchr::{memchr2, memmem, memrchr2};

use crate::note::{Outline, Suppression, SuppressionKind, Value, ValueKind, VerbatimKind};
use crate::parse::content::lines;
use crate::parse::draft::Draft;
use crate::text::{Span, to_u32};

const PREFIX: &str = "vaultlint-";

/// A comment that speaks to vaultlint.
struct Directive<'t> {
    /// The comment with its marks.
    span: Span,
    verb: Verb,
    names: Vec<&'t str>,
    names_span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Disable,
    DisableLine,
    DisableNextLine,
    Enable,
}

/// Reads all suppressions of a note.
pub(in crate::parse) fn read(text: &str, outline: &Outline, draft: &mut Draft) {
    static FINDER: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new(PREFIX));
    if FINDER.find(text.as_bytes()).is_none() {
        return;
    }
    read_property(text, outline, draft);
    let mut directives = frontmatter_comments(text, outline);
    directives.extend(comments(text, draft));
    let mut open: Vec<(Span, &str, Span)> = Vec::new();
    for directive in &directives {
        let line = line_around(text, directive.span);
        match directive.verb {
            Verb::Disable => open.extend(directive.regions().map(|(name, span)| (directive.span, name, span))),
            Verb::Enable => {
                let ends = |name: &str| directive.names.is_empty() || directive.names.contains(&name);
                let mut scope = Span::at(line.start as usize);
                for (span, name, names_span) in open.extract_if(.., |(_, name, _)| ends(name)) {
                    close(text, (span, name, names_span), line.start.max(line_around(text, span).end), draft);
                    scope = line;
                }
                directive.keep(SuppressionKind::End, scope, draft);
            }
            Verb::DisableLine => directive.keep(SuppressionKind::Line, line, draft),
            Verb::DisableNextLine => directive.keep(SuppressionKind::NextLine, next_line(text, line.end), draft),
        }
    }
    for region in open {
        close(text, region, to_u32(text.len()), draft);
    }
}

fn close(text: &str, (span, name, rules_span): (Span, &str, Span), end: u32, draft: &mut Draft) {
    let scope = Span { start: line_around(text, span).start, end };
    let rules = draft.strings.add(name);
    draft.suppressions.push(Suppression { span, kind: SuppressionKind::Region, rules, rules_span, scope });
}

impl<'t> Directive<'t> {
    /// Each rule of a region is a region of its own, since each may end elsewhere; no rule is all rules.
    fn regions(&self) -> impl Iterator<Item = (&'t str, Span)> + '_ {
        let all = self.names.is_empty().then_some(("", self.names_span));
        let start = self.names_span.start as usize;
        let base = self.names.first().map_or(0, |name| name.as_ptr() as usize);
        let place = move |name: &&'t str| {
            let at = start + (name.as_ptr() as usize - base);
            (*name, Span::new(at, at + name.len()))
        };
        all.into_iter().chain(self.names.iter().map(place))
    }

    fn keep(&self, kind: SuppressionKind, scope: Span, draft: &mut Draft) {
        let rules = draft.strings.add(&self.names.join(" "));
        draft.suppressions.push(Suppression { span: self.span, kind, rules, rules_span: self.names_span, scope });
    }
}

/// Reads `vaultlint-… RULE… -- reason`, which begins somewhere in `text[start..end]` after white space alone.
fn directive(text: &str, start: usize, end: usize, span: Span) -> Option<Directive<'_>> {
    let content = text[start..end].trim();
    let (word, rest) = content.split_once(char::is_whitespace).unwrap_or((content, ""));
    let verb = match word.strip_prefix(PREFIX)? {
        "disable" => Verb::Disable,
        "disable-line" => Verb::DisableLine,
        "disable-next-line" => Verb::DisableNextLine,
        "enable" => Verb::Enable,
        _ => return None,
    };
    let is_border = |character: char| character.is_whitespace() || character == ',';
    let names = rest.split(is_border).filter(|name| !name.is_empty());
    let names: Vec<&str> = names.take_while(|name| !name.starts_with("--")).collect();
    let offset = |piece: &str| piece.as_ptr() as usize - text.as_ptr() as usize;
    let names_span = match (names.first(), names.last()) {
        (Some(first), Some(last)) => Span::new(offset(first), offset(last) + last.len()),
        _ => Span::at(offset(word) + word.len()),
    };
    Some(Directive { span, verb, names, names_span })
}

/// `%% … %%` and `<!-- … -->` in the text.
fn comments<'t>(text: &'t str, draft: &Draft) -> Vec<Directive<'t>> {
    let mut directives = Vec::new();
    for region in &draft.verbatim {
        let span = region.span;
        match region.kind {
            VerbatimKind::Comment => {
                directives.extend(directive(text, span.start as usize + 2, span.end as usize - 2, span));
            }
            VerbatimKind::Html | VerbatimKind::HtmlComment => directives.extend(html_comments(text, span)),
            _ => {}
        }
    }
    directives
}

/// The comments of some HTML; none begins inside another.
fn html_comments(text: &str, region: Span) -> Vec<Directive<'_>> {
    let bytes = region.of(text).as_bytes();
    let (mut directives, mut from) = (Vec::new(), 0);
    while let Some(at) = memmem::find(&bytes[from..], b"<!--").map(|at| from + at)
        && let Some(len) = memmem::find(&bytes[at + 4..], b"-->")
    {
        let start = region.start as usize + at;
        directives.extend(directive(text, start + 4, start + 4 + len, Span::new(start, start + len + 7)));
        from = at + 4 + len;
    }
    directives
}

/// `# vaultlint-…` in the frontmatter, outside quoted values.
fn frontmatter_comments<'t>(text: &'t str, outline: &Outline) -> Vec<Directive<'t>> {
    if outline.frontmatter.span.is_none() {
        return Vec::new();
    }
    let inner = outline.frontmatter.inner;
    let comment = |(start, end): (usize, usize)| {
        let (start, end) = (inner.start as usize + start, inner.start as usize + end);
        let at = start + comment_start(&text[start..end])?;
        (!is_quoted(outline, at)).then(|| directive(text, at + 1, end, Span::new(at, end))).flatten()
    };
    lines(inner.of(text)).filter_map(comment).collect()
}

fn comment_start(line: &str) -> Option<usize> {
    line.match_indices('#').map(|(at, _)| at).find(|at| {
        let begins = line[..*at].is_empty() || line[..*at].ends_with([' ', '\t']);
        begins && line[at + 1..].trim_start().starts_with(PREFIX)
    })
}

fn is_quoted(outline: &Outline, at: usize) -> bool {
    let mut values = outline.properties.iter().map(|property| &property.value).chain(&outline.values);
    values.any(|value| matches!(value.kind, ValueKind::Text { .. }) && value.span.range().contains(&at))
}

fn read_property(text: &str, outline: &Outline, draft: &mut Draft) {
    let name =
        |property: &&crate::note::Property| draft.strings.get(property.key).eq_ignore_ascii_case("vaultlint-disable");
    let Some(property) = outline.top_level().iter().find(name) else { return };
    let names = match property.value.kind {
        ValueKind::Bool(false) => return,
        ValueKind::List(range) => outline.list(range).iter().filter_map(|value| name_of(value, draft)).collect(),
        _ => name_of(&property.value, draft).into_iter().collect::<Vec<String>>(),
    };
    if names.is_empty() && matches!(property.value.kind, ValueKind::List(_)) {
        return;
    }
    let joined = names.join(" ");
    let words: Vec<&str> =
        joined.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let rules = draft.strings.add(&words.join(" "));
    let span = Span { start: property.key_span.start, end: property.value.span.end.max(property.key_span.end) };
    let scope = Span::new(0, text.len());
    let rules_span = property.value.span;
    draft.suppressions.push(Suppression { span, kind: SuppressionKind::Note, rules, rules_span, scope });
}

fn name_of(value: &Value, draft: &Draft) -> Option<String> {
    match value.kind {
        ValueKind::Text { value, .. } => Some(draft.strings.get(value).to_owned()),
        _ => None,
    }
}

/// Returns the whole lines that hold `span`, without the last line ending.
fn line_around(text: &str, span: Span) -> Span {
    let bytes = text.as_bytes();
    let start = memrchr2(b'\n', b'\r', &bytes[..span.start as usize]).map_or(0, |at| at + 1);
    let end = memchr2(b'\n', b'\r', &bytes[span.end as usize..]).map_or(bytes.len(), |at| span.end as usize + at);
    Span::new(start, end)
}

/// Returns the first line after `end` that is not blank.
fn next_line(text: &str, end: u32) -> Span {
    let rest = &text[end as usize..];
    if rest.trim_start().is_empty() {
        return Span::at(text.len());
    }
    let blank = rest.len() - rest.trim_start().len();
    line_around(text, Span::at(end as usize + blank))
}
