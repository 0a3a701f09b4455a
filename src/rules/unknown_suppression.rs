//! Suppressions that name no rule: `lint` finds them when it applies suppressions; here are their options.

use serde::{Deserialize, Serialize};

use crate::rule::Rule;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnknownSuppression {}

impl Rule for UnknownSuppression {}
