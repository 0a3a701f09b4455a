//! What the values of a property have in common.

use crate::language::date;
use crate::note::{Outline, Value, ValueKind};
use crate::vault::settings::kind::PropertyShape as Shape;

/// Values of one property that were seen, by shape.
#[derive(Default)]
pub struct Shapes {
    counts: [usize; 8],
    pub notes: usize,
}

/// A shape is proposed if no more values than one in this many are different; those are worth a look.
const ONE_IN: usize = 25;

impl Shapes {
    /// Counts a value; an empty one says nothing.
    pub fn add(&mut self, outline: &Outline, value: &Value) {
        if value.kind == ValueKind::Null {
            return;
        }
        self.notes += 1;
        if let Some(shape) = shape(outline, value) {
            self.counts[index(shape)] += 1;
        }
    }

    /// Returns what nearly all values are.
    pub fn common(&self) -> Shape {
        let total: usize = self.counts.iter().sum();
        let most = Shape::ALL.into_iter().max_by_key(|shape| self.counts[index(*shape)]).unwrap_or_default();
        let others = total - self.counts[index(most)];
        let nested = self.counts[index(Shape::List)] + self.counts[index(Shape::Any)];
        match (total, others) {
            (0, _) => Shape::Any,
            _ if others * ONE_IN <= total => most,
            // Different scalars are all texts for people.
            _ if nested == 0 => Shape::Text,
            _ => Shape::Any,
        }
    }
}

fn index(shape: Shape) -> usize {
    Shape::ALL.iter().position(|other| *other == shape).expect("`ALL` holds every shape")
}

/// Returns the narrowest shape of a value; `None` for words such as `unknown`, which stand for any.
fn shape(outline: &Outline, value: &Value) -> Option<Shape> {
    Some(match value.kind {
        ValueKind::Null => return None,
        ValueKind::Bool(_) => Shape::Checkbox,
        ValueKind::Integer(_) | ValueKind::Float(_) => Shape::Number,
        ValueKind::Map(_) => Shape::Any,
        ValueKind::List(range) => {
            let items = outline.list(range);
            let are_links = items.iter().all(|item| shape(outline, item) == Some(Shape::Link));
            if are_links && !items.is_empty() { Shape::Link } else { Shape::List }
        }
        ValueKind::Text { value, .. } => match outline.str(value).trim() {
            text if text.is_empty() || date::is_placeholder(text) => return None,
            text if text.starts_with("[[") && text.ends_with("]]") => Shape::Link,
            text if is_day(text) => Shape::Date,
            text if text.len() >= 16 && is_day(text.get(..10)?) && text.as_bytes()[10] == b'T' => Shape::DateTime,
            _ => Shape::Text,
        },
    })
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && date::parse(text).is_some_and(date::Date::is_full_day) && text.as_bytes()[4] == b'-'
}
