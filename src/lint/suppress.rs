//! Drops the findings that a comment or property in a note suppresses, and reports suppressions that do nothing.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Severity};
use crate::note::{Suppression, SuppressionKind};
use crate::rule::{Category, Diagnostics};
use crate::rules;
use crate::text::{FileId, Span, closest};
use crate::vault::Vault;

/// Drops what is suppressed, then adds what the rules `unused-suppression` and `unknown-suppression` find. What was found
/// and then `replaced` by another rule's finding is suppressed too, if that one should go again.
pub(super) fn apply(vault: &Vault, config: &Config, found: &mut Vec<Diagnostic>, replaced: &[Diagnostic]) {
    let mut used: FxHashSet<(FileId, usize)> = FxHashSet::default();
    let mut comments: FxHashMap<FileId, Vec<Comment>> = FxHashMap::default();
    for id in vault.checked() {
        let outline = vault.outline(id);
        if !outline.suppressions.is_empty() {
            let read = |suppression: &Suppression| Comment::of(suppression, outline.str(suppression.rules));
            comments.insert(id, outline.suppressions.iter().map(read).collect());
        }
    }
    if comments.is_empty() {
        return;
    }
    let mut is_kept = |diagnostic: &Diagnostic| {
        let mut kept = true;
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
            let Some(own) = comments.get(&label.file) else { continue };
            for (number, _) in own.iter().enumerate().filter(|(_, comment)| comment.suppresses(diagnostic, label)) {
                used.insert((label.file, number));
                kept = false;
            }
        }
        kept
    };
    replaced.iter().for_each(|diagnostic| _ = is_kept(diagnostic));
    found.retain(is_kept);
    let mut ids: Vec<FileId> = comments.keys().copied().collect();
    ids.sort();
    for id in ids {
        report_unknown(vault, config, id, &comments[&id], found);
        report_unused(vault, config, id, &comments[&id], &|number| used.contains(&(id, number)), found);
    }
}

/// A suppression with its rules by their present names.
struct Comment {
    suppression: Suppression,
    /// Empty for all rules.
    rules: Vec<Named>,
}

struct Named {
    written: String,
    /// `None` if no rule has the name; a category stands for its rules.
    rules: Option<Vec<&'static str>>,
}

impl Comment {
    fn of(suppression: &Suppression, names: &str) -> Comment {
        let rules = names.split(' ').filter(|name| !name.is_empty()).map(Named::of).collect();
        Comment { suppression: *suppression, rules }
    }

    fn suppresses(&self, diagnostic: &Diagnostic, label: &Label) -> bool {
        if self.suppression.kind == SuppressionKind::End {
            return false;
        }
        let scope = self.suppression.scope;
        let inside = scope.start <= label.span.start && label.span.start <= scope.end
            || label.span.start <= scope.start && scope.start < label.span.end;
        inside && self.names(diagnostic)
    }

    /// The rules as they are written, with `between` between them.
    fn written(&self, between: &str) -> String {
        self.rules.iter().map(|named| named.written.as_str()).collect::<Vec<_>>().join(between)
    }

    fn names(&self, diagnostic: &Diagnostic) -> bool {
        let has = |named: &Named| match &named.rules {
            Some(rules) => rules.contains(&diagnostic.rule),
            None => diagnostic.pattern.as_deref() == Some(named.written.as_str()),
        };
        self.rules.is_empty() || self.rules.iter().any(has)
    }
}

impl Named {
    fn of(written: &str) -> Named {
        let rules = rules::find(written).map(|def| vec![def.name]).or_else(|| {
            let category = Category::from_name(written)?;
            let own = rules::RULES.iter().filter(|def| def.meta().category == category);
            Some(own.map(|def| def.name).collect())
        });
        Named { written: written.to_owned(), rules }
    }
}

fn level(vault: &Vault, config: &Config, rule: &str, id: FileId) -> Option<Severity> {
    let index = config.rules.iter().position(|active| active.def.name == rule)?;
    config.level(index, vault.path(id))
}

fn report_unknown(vault: &Vault, config: &Config, id: FileId, comments: &[Comment], found: &mut Vec<Diagnostic>) {
    let Some(severity) = level(vault, config, "unknown-suppression", id) else { return };
    let mut diagnostics = Diagnostics::new("unknown-suppression", severity);
    let patterns = &config.settings.patterns;
    for comment in comments {
        for named in comment.rules.iter().filter(|named| named.rules.is_none()) {
            if patterns.iter().any(|pattern| pattern.name == named.written) {
                continue;
            }
            let place = place_of(vault, id, comment, &named.written);
            let span = place.unwrap_or(comment.suppression.span);
            let diagnostic = diagnostics.report(id, span, format!("there is no rule `{}` to suppress", named.written));
            match closest(&named.written, rules::RULES.iter().map(|def| def.name)) {
                Some(near) => {
                    diagnostic.help(format!("did you mean `{near}`?"));
                    if let Some(place) = place {
                        diagnostic.fix(Fix::safe(format!("write `{near}`"), vec![Edit::replace(id, place, near)]));
                    }
                }
                None => {
                    diagnostic.help("`vaultlint rules` lists all rules");
                }
            }
        }
    }
    found.append(&mut diagnostics.into_found());
}

/// Where a name stands by itself among the names of a suppression.
fn place_of(vault: &Vault, id: FileId, comment: &Comment, name: &str) -> Option<Span> {
    let span = comment.suppression.rules_span;
    let text = vault.text(id)?;
    let names = text.get(span.range())?;
    let is_border = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '"' | '\'');
    let stands_alone = |at: &usize| {
        names[..*at].chars().next_back().is_none_or(is_border)
            && names[at + name.len()..].chars().next().is_none_or(is_border)
    };
    let at = span.start as usize + names.match_indices(name).map(|(at, _)| at).find(stands_alone)?;
    Some(Span::new(at, at + name.len()))
}

/// A suppression is unused when every rule it names ran here and none reported.
fn report_unused(
    vault: &Vault,
    config: &Config,
    id: FileId,
    comments: &[Comment],
    is_used: &dyn Fn(usize) -> bool,
    found: &mut Vec<Diagnostic>,
) {
    let Some(severity) = level(vault, config, "unused-suppression", id) else { return };
    let mut diagnostics = Diagnostics::new("unused-suppression", severity);
    for (number, comment) in comments.iter().enumerate() {
        if comment.suppression.kind == SuppressionKind::End {
            report_end(id, comment, &mut diagnostics);
            continue;
        }
        if is_used(number) || !all_ran(vault, config, id, comment) {
            continue;
        }
        let what = match comment.rules.is_empty() {
            true => "any rule".to_owned(),
            false => format!("`{}`", comment.written("`, `")),
        };
        let span = comment.suppression.span;
        let diagnostic =
            diagnostics.report(id, span, format!("nothing here is found by {what}: the suppression does nothing"));
        // A comment that opens several regions stands for several suppressions: it goes only if none is left.
        let alone = comments.iter().filter(|other| other.suppression.span == span).count() == 1;
        match comment.suppression.kind {
            SuppressionKind::Note => diagnostic.help("take the property out"),
            SuppressionKind::Region | SuppressionKind::End => {
                diagnostic.help("take the comment out, and the one that ends it")
            }
            _ if !alone => diagnostic.help("take the name out of the comment"),
            _ => {
                if let Some(whole) = with_blanks(vault, id, span) {
                    diagnostic.fix(Fix::safe("remove the comment", vec![Edit::delete(id, whole)]));
                }
                diagnostic.help("take the comment out")
            }
        };
    }
    found.append(&mut diagnostics.into_found());
}

/// A `vaultlint-enable` below which everything stays as it was: nothing above is switched off under that name.
fn report_end(id: FileId, comment: &Comment, diagnostics: &mut Diagnostics) {
    let is_known = comment.rules.iter().all(|named| named.rules.is_some());
    if !comment.suppression.scope.is_empty() || !is_known {
        return;
    }
    let wanted = format!("vaultlint-disable {}", comment.written(" "));
    let wanted = wanted.trim_end();
    let diagnostic = diagnostics.report(id, comment.suppression.span, "this comment switches nothing on again");
    diagnostic.help(format!("no `{wanted}` stands above it; name the same rules in both, or take the comment out"));
}

/// Every rule that the suppression names ran here; "all rules" never did while one is off.
fn all_ran(vault: &Vault, config: &Config, id: FileId, comment: &Comment) -> bool {
    let ran = |rule: &str| level(vault, config, rule, id).is_some();
    let named_ran = |named: &Named| named.rules.as_ref().is_some_and(|rules| rules.iter().all(|rule| ran(rule)));
    match comment.rules.is_empty() {
        true => config.rules.iter().all(|active| ran(active.def.name)),
        false => comment.rules.iter().all(named_ran),
    }
}

/// The comment with the blanks before it; where it stands alone, the whole line. `None` where what is left could be read as
/// something else: a line of dashes that becomes the fence of properties, a sign that comes to the beginning of its line,
/// signs there that a space makes a mark, lines below a fence without end that become properties.
fn with_blanks(vault: &Vault, id: FileId, span: Span) -> Option<Span> {
    let text = vault.text(id)?;
    let (before, behind) = (text.get(..span.start as usize)?, text.get(span.end as usize..)?);
    if vault.outline(id).frontmatter.span.is_none() && is_below_open_fence(before) {
        return None;
    }
    let start = before.trim_end_matches([' ', '\t']).len();
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let rest = &behind[blanks..];
    let line_end = ["\r\n", "\n", "\r"].into_iter().find(|end| rest.starts_with(end)).map_or(0, str::len);
    let line = before[..start].rsplit(['\n', '\r']).next().unwrap_or_default();
    let has_words = |line: &str| line.contains(char::is_alphanumeric);
    match (line.is_empty(), line_end > 0 || rest.is_empty()) {
        (true, true) => {
            let next = rest[line_end..].split(['\n', '\r']).next().unwrap_or_default();
            let whole = Span::new(start, span.end as usize + blanks + line_end);
            // At the top of the note a blank line does not keep what is below from being the first.
            let is_apart = next.trim().is_empty() && !before.trim().is_empty();
            // What stands above may take the line below as its own.
            let above = before[..start].lines().next_back().unwrap_or_default();
            let joins = || span.of(&text).starts_with("%%") && is_paragraph(above) && is_paragraph(next);
            let is_free = above.trim().is_empty() || joins() && !is_underlined(&rest[line_end..]);
            (is_apart && !parts_list(before, rest) || has_words(next) && is_free).then_some(whole)
        }
        (false, true) => has_words(line).then(|| Span::new(start, span.end as usize)),
        (true, false) => rest.starts_with(char::is_alphabetic).then_some(span),
        (false, false) => {
            let is_apart = start < before.len();
            let keeps_marks = line.contains(char::is_alphabetic) || is_apart && rest.starts_with(char::is_alphabetic);
            (keeps_marks && (is_apart || blanks > 0)).then_some(span)
        }
    }
}

/// A line of words alone: no item, quote, heading, row or code, and no line that makes a heading of the one above it.
fn is_paragraph(line: &str) -> bool {
    line.starts_with(char::is_alphabetic) && !line.contains('|')
}

/// The line is a heading, or the last of one, since the line below it underlines it.
fn is_underlined(text: &str) -> bool {
    let below = text.lines().nth(1).unwrap_or_default().trim();
    !below.is_empty() && (below.bytes().all(|byte| byte == b'=') || below.bytes().all(|byte| byte == b'-'))
}

/// Tells whether a line between the two parts one list from another, or from code that is indented.
fn parts_list(before: &str, behind: &str) -> bool {
    let is_item = |line: &str| {
        let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        line.starts_with([' ', '\t'])
            || rest.starts_with(['-', '*', '+'])
            || rest.len() < line.len() && rest.starts_with(['.', ')'])
    };
    let is_filled = |line: &&str| !line.trim().is_empty();
    before.lines().rev().find(is_filled).is_some_and(is_item) && behind.lines().find(is_filled).is_some_and(is_item)
}

/// Tells whether the note begins with a line of dashes and no other one follows: what stands there may be meant as
/// properties, and the comment alone may keep it from being taken for them.
fn is_below_open_fence(before: &str) -> bool {
    let is_fence = |line: &str| line.trim_end() == "---";
    let mut lines = before.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).lines();
    lines.next().is_some_and(is_fence) && !lines.any(is_fence)
}
