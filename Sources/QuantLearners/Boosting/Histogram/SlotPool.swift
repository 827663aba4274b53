/// Which slots of histograms are in use: a bounded number of them.
///
/// A tree of many leaves would need more memory for histograms than for everything else. Where all slots
/// are taken, the leaf that is least likely to be split loses its own; they are built anew from its rows
/// if it is split after all. Sums are the same either way.
struct SlotPool {
  /// Bytes that the histograms of a fit may take.
  static let defaultBudget = 1 << 28

  /// Slots that may be in use at once.
  let limit: Int
  private var free: [Int] = []
  private var count = 0

  /// - Parameters:
  ///   - features: columns whose histograms a slot holds.
  ///   - budget: bytes for all slots; four are always there.
  init(features: Int, budget: Int) {
    limit = max(4, budget / max(1, features * HistogramSlot.stride * 16))
  }

  /// Frees all slots.
  mutating func reset() {
    free.removeAll(keepingCapacity: true)
    count = 0
  }

  /// A free slot, if there is one.
  mutating func take() -> Int? {
    if let slot = free.popLast() { return slot }
    if count == limit { return nil }
    count += 1
    return count - 1
  }

  /// Frees a slot.
  mutating func giveBack(_ slot: Int) { free.append(slot) }
}
