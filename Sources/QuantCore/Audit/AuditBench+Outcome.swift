// One recompile of changed sources, compared with the unchanged panel.
extension AuditBench {
  /// Compiles with some sources changed and compares with the unchanged panel.
  ///
  /// - Returns: what was compared, and for each source the number of records that were changed, `nil`
  ///   where the mutation does not concern it.
  mutating func outcome(
    _ poison: Poison, _ changed: [any PoisonableSource], withTasks: Bool = true
  ) throws(AuditError) -> (targets: [TargetComparison], counts: [Int?], record: String?) {
    var world = sources.world
    var counts: [Int?] = []
    var record: String?
    do throws(CompileError) {
      for source in changed {
        guard AuditBench.concerns(poison.mutation, source) else {
          counts.append(nil)
          continue
        }
        let count = try source.apply(poison, to: &world)
        counts.append(count.total)
        record = record ?? count.record
      }
    } catch {
      throw .compile(error)
    }
    let content: PanelContent
    do throws(AuditError) {
      compiles += 1
      content = try AuditBench.content(compiler, world)
    } catch {
      guard case .compile(let inner) = error else { throw error }
      throw .poisoned(
        source: changed.count == 1 ? changed[0].name : "all sources", poison.mutation,
        CalendarDate(daysSinceEpoch: poison.cut), inner)
    }
    let comparison = PanelComparison(
      baseline, content, upTo: poison.cut, keyNames: keyNames, threads: compiler.threads)
    var targets = comparison.targets
    for place in targets.indices
    where poison.mutation == .rescaled && audit.rule.priceLevels.contains(targets[place].name) {
      targets[place].moved = 0
    }
    guard withTasks else { return (targets, counts, record) }
    targets += try taskTargets(content, poison, rowsMoved: comparison.pairs.comparison.moved > 0)
    return (targets, counts, record)
  }

  /// Units concern prices alone, and the grid has nothing to change but its end.
  static func concerns(_ mutation: Mutation, _ source: any PoisonableSource) -> Bool {
    switch mutation {
    case .rescaled: source.name == "prices" && !(source is RecordSource)
    case .values, .added: !(source is LaterDecisions)
    case .removed: true
    }
  }

  /// Splits and predictions; they say nothing of their own where the rows are others.
  private mutating func taskTargets(
    _ content: PanelContent, _ poison: Poison, rowsMoved: Bool
  ) throws(AuditError) -> [TargetComparison] {
    if rowsMoved { return [] }
    let state = try expectedState(at: poison.cut)
    let changed = AuditBench.panel(content, compiler)
    let splits = tasks.compare(state.splits, tasks.splits(changed, upTo: poison.cut))
    let scores = try tasks.scores(changed, tasks: state.tasks)
    let panel = baseline
    return [splits]
      + tasks.compare(state.scores, scores, tasks: state.tasks) { period in
        guard let place = panel.rows.periods.firstIndex(of: period) else { return [] }
        return panel.rows.ranges[place].map { panel.firm(ofRow: $0) }
      }
  }

  private mutating func expectedState(at day: Int32) throws(AuditError) -> TaskState {
    if let expected, expected.day == day { return expected.state }
    let own = tasks.tasks(panel, upTo: day)
    let state = TaskState(
      splits: tasks.splits(panel, upTo: day), tasks: own,
      scores: try tasks.scores(panel, tasks: own))
    expected = (day, state)
    return state
  }

  static func content(
    _ compiler: FirmPanelCompiler, _ world: AuditWorld
  ) throws(AuditError) -> PanelContent {
    var configuration = compiler.configuration
    if let last = world.lastPeriod { configuration.grid.last = last }
    do throws(CompileError) {
      return try compiler.with(configuration).content(of: world.tables) { _ in }
    } catch {
      throw .compile(error)
    }
  }

  static func panel(
    _ content: PanelContent, _ compiler: FirmPanelCompiler
  ) -> CompiledPanel {
    CompiledPanel(
      inMemory: content, embargoDays: compiler.configuration.labels.embargoDays,
      recordingLagDays: compiler.configuration.labels.recordingLagDays)
  }
}

extension FirmPanelCompiler {
  /// The same compiler for another configuration.
  func with(_ configuration: CompileConfiguration) -> FirmPanelCompiler {
    FirmPanelCompiler(
      configuration: configuration, baseDirectory: baseDirectory, recipes: recipes,
      decoders: decoders, formats: formats, threads: threads, codeCommit: codeCommit)
  }
}
