//! Words that only serve others: prepositions, auxiliary verbs, conjunctions and cues.
use super::{Denial, Reader};
use crate::language::fact::statement::{Article, Cues, Modality, Statement, Token, Value};
use crate::language::fact::values::Bound;
use crate::language::fact::vocabulary::{Binding, Function, hash, stem, vocabulary};
use crate::language::fact::words::PieceKind;
use std::ops::Range;

impl Reader<'_> {
    /// Binds what follows; the `to` of an infinitive binds nothing.
    pub(super) fn preposition(&mut self, binding: Binding, word: &str) {
        let next_is_amount = self.amount_follows();
        if self.governs_nothing() {
            let range = self.pieces[self.at - 1].range.clone();
            return self.push(range, Value::Word, stem(word));
        }
        match (word, next_is_amount) {
            // `for Ada, not for Bob`
            _ if self.binding == Binding::Than && self.opens && self.follows_not() => {}
            ("about", true) => self.bound = Some(Bound::About),
            ("over" | "above", true) => self.bound = Some(Bound::AtLeast),
            ("under" | "below", true) => self.bound = Some(Bound::AtMost),
            // `within two days` is `in under two days`.
            ("within", true) => {
                self.bind(binding);
                self.bound = Some(Bound::AtMost);
            }
            ("per", _) => self.bind(Binding::Per),
            ("to", false) if self.is_infinitive() && self.is_order() => self.modality(Modality::Plan),
            ("to", false) if self.is_infinitive() => {}
            _ => self.bind(binding),
        }
    }

    /// `the value (above)`, `is on by default`: a preposition before a break or another preposition says something itself.
    pub(super) fn governs_nothing(&self) -> bool {
        let is_particle = self.follows_copula();
        match self.pieces.get(self.at).map(|piece| &piece.kind) {
            None | Some(PieceKind::Stop | PieceKind::Pause | PieceKind::Comma | PieceKind::QuestionMark) => true,
            Some(PieceKind::Word(_)) => is_particle && self.entry(self.at).binding.is_some(),
            _ => false,
        }
    }

    fn amount_follows(&self) -> bool {
        matches!(self.pieces.get(self.at).map(|piece| &piece.kind), Some(PieceKind::Number(_)))
            || self.entry(self.at).number().is_some()
    }

    /// Nothing but a `not` stands before the word.
    fn follows_not(&self) -> bool {
        self.at.checked_sub(2).is_some_and(|before| self.text(before) == "not")
    }

    fn follows_copula(&self) -> bool {
        self.statement.copulas.last() == Some(&self.statement.tokens.len())
    }

    /// `A to Z`, `plan A`: an article stands before a noun, so this is the letter.
    pub(super) fn stands_alone(&self) -> bool {
        match self.pieces.get(self.at).map(|piece| &piece.kind) {
            Some(PieceKind::Word(_)) => {
                let next = self.text(self.at);
                self.entry(self.at).binding.is_some() || matches!(next, "and" | "or" | "is")
            }
            Some(PieceKind::Number(_) | PieceKind::Date(_) | PieceKind::Hidden(_) | PieceKind::Dash) => false,
            _ => true,
        }
    }

    /// `the well is deep`: what an article and a verb or preposition enclose is a noun.
    pub(super) fn ends_phrase(&self) -> bool {
        let next = self.entry(self.at);
        let is_verb = matches!(next.function, Some(Function::Be | Function::PastBe | Function::Have));
        is_verb || self.text(self.at).is_empty() || next.binding.is_some()
    }

    /// `needs to sign`, unlike `open to researchers` and `from old to new`: the base form of a verb follows.
    fn is_infinitive(&self) -> bool {
        let lower = self.is_lower_word(self.at);
        lower
            && self.entry(self.at).function != Some(Function::Article)
            && !is_noun_form(self.text(self.at))
            && !self.spans()
    }

    /// `Ada to mend the rail`, `Halden says to sell its shares`: somebody is to do it.
    fn is_order(&self) -> bool {
        let tokens = &self.statement.tokens;
        let says = tokens.last().is_some_and(|last| last.concept == vocabulary().concept(stem("say")));
        says || !tokens.is_empty() && tokens.iter().all(|token| token.is_name() || token.may_be_name)
    }

    /// `from old to new`, `cheap to expensive`: what stands before is one end, and the other follows.
    fn spans(&self) -> bool {
        let Some(last) = self.statement.tokens.last().filter(|last| last.clause == self.clause) else { return false };
        let next = vocabulary().concept(self.entry(self.at).stem);
        last.binding == Binding::From || last.is_word() && vocabulary().are_exclusive(last.concept, next)
    }

    pub(super) fn bind(&mut self, binding: Binding) {
        self.binding = binding;
        self.opens = true;
        self.article = Article::None;
    }

    pub(super) fn copula(&mut self) {
        self.statement.copulas.push(self.statement.tokens.len());
        self.release();
    }

    /// Opens the clause that a conjunction begins.
    fn depend(&mut self, conjunction: &str) {
        let is_first = self.statement.tokens.is_empty();
        self.open_clause();
        self.leads_clause = is_first && (is_subordinating(conjunction) || is_conjunction(conjunction));
    }

    pub(super) fn deny(&mut self, how: Denial) {
        self.statement.denials.push(self.clause);
        self.denied.push((self.statement.tokens.len(), how));
    }

    /// Behind `who` or the like, a denial belongs to the thing that is spoken of.
    fn denial(&self, word: &str) -> Denial {
        let tokens = &self.statement.tokens;
        let (start, end) = (tokens.last().map_or(0, |last| last.text.end), self.pieces[self.at - 1].range.start);
        let mut before = self.lower.get(start..end).unwrap_or_default().split_whitespace();
        let is_relative = !tokens.is_empty() && before.any(|word| matches!(word, "who" | "that" | "which"));
        match word {
            _ if is_relative => Denial::Relative,
            "not" => Denial::Word,
            _ => Denial::Whole,
        }
    }

    pub(super) fn modality(&mut self, modality: Modality) {
        self.statement.modality = self.statement.modality.max(modality);
        self.statement.modal.get_or_insert(self.statement.tokens.len());
        self.release();
    }

    pub(super) fn function(&mut self, function: Function, range: Range<usize>) {
        let word = &self.lower[range.clone()];
        match function {
            Function::Article if word == "that" && self.is_framed() => self.take_frame_off(),
            // `phase one` is `phase 1`.
            Function::Article if word == "one" && self.closes_label(&range) => {
                self.push(range, Value::Label, hash("1"));
            }
            Function::Article => {
                self.article = if matches!(word, "a" | "an" | "one") { Article::A } else { Article::The }
            }
            Function::Filler if self.article != Article::None && self.ends_phrase() => {
                self.push(range.clone(), Value::Word, stem(word));
            }
            Function::Pronoun | Function::Filler => {}
            Function::Be if word.starts_with("get") && self.object_follows() => {
                self.push(range.clone(), Value::Word, stem("receive"));
            }
            Function::Be => self.copula(),
            Function::Do | Function::Have | Function::Will => self.release(),
            Function::PastBe => {
                self.statement.past = true;
                self.copula();
            }
            Function::PastHave => {
                self.statement.past = true;
                self.release();
            }
            Function::Can => self.modality(Modality::Can),
            Function::Must => self.modality(Modality::Must),
            Function::Should => self.modality(Modality::Should),
            Function::May => self.modality(Modality::May),
            Function::Plan if self.text(self.at) == "to" => self.modality(Modality::Plan),
            Function::Not if self.is_contrast() => self.bind(Binding::Than),
            // `ne marche pas`
            Function::Not if word == "pas" && self.statement.denials.contains(&self.clause) => {}
            Function::Not => {
                if word.starts_with("un") {
                    self.modality(Modality::Can);
                }
                self.deny(self.denial(word));
            }
            Function::Without => {
                self.deny(if word == "without" { Denial::Attribute } else { Denial::Whole });
                self.release();
            }
            // `between Turku and Oslo`
            Function::And if self.statement.tokens.last().is_some_and(|last| last.binding == Binding::Between) => {
                self.binding = Binding::Between;
            }
            Function::And => {}
            Function::Also => self.statement.cues.set(Cues::ALSO),
            Function::Or => self.statement.cues.set(Cues::OR),
            Function::Clause => self.depend(word),
            // `has 312 questions`
            Function::Question if word.starts_with("question") && self.is_counted() => {
                self.push(range.clone(), Value::Word, stem(word));
            }
            Function::Question => self.statement.cues.set(Cues::QUESTION),
            // `is provided by`, unlike `provided that`.
            Function::Condition if self.follows_copula() && word.ends_with("ed") => {
                self.push(range.clone(), Value::Word, stem(word));
            }
            Function::Condition => {
                self.statement.cues.set(Cues::CONDITION);
                if is_conjunction(word) {
                    self.depend(word);
                }
                if word == "unless" {
                    self.deny(Denial::Whole);
                }
                self.release();
            }
            Function::History => self.statement.cues.set(Cues::HISTORY),
            // `almost missed the train`
            Function::Hedge if matches!(word, "almost" | "nearly" | "barely") && !self.amount_follows() => {
                self.push(range.clone(), Value::Scope, stem(word));
            }
            Function::Hedge => self.bound = Some(Bound::About),
            Function::AtLeast => self.bound = Some(Bound::AtLeast),
            Function::AtMost => self.bound = Some(Bound::AtMost),
            // `the option pool`
            Function::Option if self.is_compound(word) => self.push(range.clone(), Value::Word, stem(word)),
            Function::Option => {
                self.statement.cues.set(Cues::OPTION);
                self.push(range.clone(), Value::Word, stem(word));
            }
            Function::Shift => {
                self.statement.cues.set(Cues::SHIFT);
                self.push(range.clone(), Value::Shift, stem(word));
            }
            Function::Scope => {
                self.statement.cues.set(Cues::SCOPE);
                self.push(range.clone(), Value::Scope, stem(word));
            }
            Function::Label | Function::Plan => self.push(range.clone(), Value::Word, stem(word)),
        }
    }

    /// The word numbers the noun before it, and stands before none.
    fn closes_label(&self, range: &Range<usize>) -> bool {
        self.numbers_noun(range, self.at) && self.entry(self.at).function != Some(Function::Label)
    }

    /// An amount stands just before the word: how many of what it names.
    fn is_counted(&self) -> bool {
        let before = self.at.checked_sub(2).map(|index| self.pieces[index].range.end);
        let is_amount = |token: &Token| matches!(token.value, Value::Quantity(_)) && Some(token.text.end) == before;
        self.statement.tokens.last().is_some_and(is_amount)
    }

    /// Another noun follows, of which the word only says which.
    fn is_compound(&self, word: &str) -> bool {
        let follows = self.is_lower_word(self.at);
        follows && !word.ends_with('s') && !self.entry(self.at).is_small()
    }

    /// `by email, not phone`: the second is left aside, nothing is denied.
    pub(super) fn is_contrast(&self) -> bool {
        let before = self.at.checked_sub(2).map(|index| &self.pieces[index].kind);
        matches!(before, Some(PieceKind::Comma))
            && self.entry(self.at).function.is_none()
            && !self.statement.tokens.is_empty()
    }

    /// `gets a label`, `get 28 days`, unlike `gets stored`.
    fn object_follows(&self) -> bool {
        let next = self.entry(self.at);
        matches!(self.pieces.get(self.at).map(|piece| &piece.kind), Some(PieceKind::Number(_)))
            || next.number().is_some()
            || next.function == Some(Function::Article)
    }

    /// `We can see that`, `Note that`: what follows such a verb is told as true, so that the whole says no more than it.
    fn is_framed(&self) -> bool {
        const TOLD_AS_TRUE: [&str; 8] = ["note", "see", "know", "notice", "remember", "observe", "realize", "recall"];
        let statement = &self.statement;
        let [verb] = statement.tokens.as_slice() else { return false };
        let is_certain = !statement.cues.has(Cues::QUESTION.with(Cues::CONDITION).with(Cues::HISTORY))
            && matches!(statement.modality, Modality::Plain | Modality::Can | Modality::Must | Modality::Should);
        is_certain
            && !statement.denies()
            && verb.definite == Article::None
            && TOLD_AS_TRUE.iter().any(|word| verb.stem == stem(word))
    }

    fn take_frame_off(&mut self) {
        self.statement.tokens.clear();
        self.statement.copulas.clear();
        self.statement.cues = Cues::default();
        self.statement.modality = Modality::Plain;
        self.statement.modal = None;
        self.statement.past = false;
        self.pause();
    }
}

/// The form of a noun that is never the base form of a verb: `researchers`, `mentoring`, `production`.
fn is_noun_form(word: &str) -> bool {
    let is_plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
    const ENDS: [&str; 4] = ["tion", "sion", "ness", "ity"];
    is_plural && !matches!(word, "bias" | "canvas")
        || word.len() > 6
            && (word.ends_with("ing") || ENDS.iter().any(|end| word.ends_with(end)))
            && !matches!(
                word,
                "mention" | "question" | "position" | "function" | "envision" | "transition" | "provision"
            )
}

/// `if it rains` is a clause of its own, unlike `depending on the weather`.
fn is_conjunction(word: &str) -> bool {
    matches!(word, "if" | "unless" | "when" | "whenever" | "once")
}

/// Returns the tokens whose denials tell of what is spoken of, and do not deny what is said.
pub(super) fn excluded(statement: &Statement, denied: &[(usize, Denial)]) -> Vec<usize> {
    if denied.is_empty() {
        return Vec::new();
    }
    let copula = statement.copulas.iter().copied().find(|copula| *copula > 0).or(statement.modal);
    // `does not work without`: what is denied is the verb.
    let denied_verb =
        || denied.iter().find(|(_, how)| matches!(how, Denial::Whole | Denial::Word)).map(|(index, _)| *index);
    let verb = copula.or_else(|| statement.verb_before(statement.len())).or_else(denied_verb);
    let belongs = |&&(index, how): &&(usize, Denial)| match how {
        Denial::Whole => false,
        Denial::Relative => true,
        // `Tasks not done by Friday are moved`
        Denial::Word => copula.is_some_and(|copula| index < copula),
        // `Without a proxy, Ada cannot work`: what stands in front of a comma is no part of the subject.
        Denial::Attribute => {
            let is_part = |verb| {
                index < verb && !statement.tokens.iter().take(verb + 1).skip(index + 1).any(|token| token.after_break)
            };
            !statement.copulas.contains(&index) && verb.is_none_or(is_part)
        }
    };
    denied.iter().filter(belongs).map(|(index, _)| *index).collect()
}

/// `because it rained` depends on the rest of its sentence, wherever it stands.
fn is_subordinating(word: &str) -> bool {
    matches!(word, "because" | "while" | "whereas" | "although" | "though")
}
