// What moved something, and which record does it alone.
extension AuditBench {
  mutating func finding(
    _ target: TargetComparison, _ source: (any PoisonableSource)?, _ poison: Poison
  ) throws(AuditError) -> LeakFinding {
    var finding = LeakFinding(
      kind: .moved, subject: target.subject, name: target.name, source: source?.name,
      mutation: poison.mutation, date: CalendarDate(daysSinceEpoch: poison.cut),
      move: target.first, moved: target.moved,
      explanation: "a value at or before the date depends on what became known after it")
    // Once for each source and mutation: it takes a dozen compiles.
    if let source, poison.mutation != .rescaled,
      explained.insert("\(source.name) \(poison.mutation.rawValue)").inserted
    {
      finding.record = try culprit(target, source, poison)
    }
    return finding
  }

  /// One record that moves the target alone, found by halving; `nil` where it takes several.
  private mutating func culprit(
    _ target: TargetComparison, _ source: any PoisonableSource, _ poison: Poison
  ) throws(AuditError) -> String? {
    var poison = poison
    var scratch = sources.world
    do throws(CompileError) {
      poison.places = 0..<(try source.apply(poison, to: &scratch).total)
    } catch {
      throw .compile(error)
    }
    let withTasks = target.subject == .splits || target.subject == .predictions
    func moves(_ targets: [TargetComparison]) -> Bool {
      targets.contains {
        $0.subject == target.subject && $0.name == target.name && $0.moved > 0
      }
    }
    while poison.places.count > 1 {
      let all = poison.places
      let middle = all.lowerBound + all.count / 2
      poison.places = all.lowerBound..<middle
      if moves(try outcome(poison, [source], withTasks: withTasks).targets) { continue }
      poison.places = middle..<all.upperBound
      guard moves(try outcome(poison, [source], withTasks: withTasks).targets) else { return nil }
    }
    let last = try outcome(poison, [source], withTasks: withTasks)
    return moves(last.targets) ? last.record : nil
  }
}
