//! The five criteria by which customer effort is judged.

use super::coded_enum;

coded_enum! {
    /// One criterion of customer effort.
    pub enum Dimension as "effort dimension" {
        /// 고객유지: does the customer stay.
        Retention = "retention",
        /// 상품 경험: the product itself.
        Product = "product",
        /// 온라인 경험: app, site and bot.
        Online = "online",
        /// 대기 시간: waiting, repeating, being sent around.
        Waiting = "waiting",
        /// 기대치 충족: promises and expectations.
        Expectation = "expectation",
    }
}

/// The effort on each criterion, 0 (none) to 1 (as much as a message can show).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Effort([f64; 5]);

impl Effort {
    /// The effort on one criterion.
    pub fn get(&self, dimension: Dimension) -> f64 {
        self.0.get(dimension.index()).copied().unwrap_or_default()
    }

    /// Raises one criterion to `value` if that is more.
    pub fn raise(&mut self, dimension: Dimension, value: f64) {
        if let Some(slot) = self.0.get_mut(dimension.index()) {
            *slot = slot.max(value.clamp(0.0, 1.0));
        }
    }
}
