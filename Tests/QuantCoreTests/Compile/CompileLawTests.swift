import Testing

@testable import QuantCore

@Suite("Laws of the compile")
struct CompileLawTests {
  /// The content of a panel without writing it.
  private func content(_ fixture: CompileFixture, threads: Int = 1) throws -> PanelContent {
    let compiler = try fixture.compiler()
    let tables = InputTables(
      configuration: compiler.configuration, baseDirectory: fixture.folder,
      reader: TableReader(threads: threads, decoders: [], formats: []))
    let recipes = try RecipeRegistry.standard.recipes(for: compiler.configuration.features)
    return try PanelPipeline(tables, recipes: recipes, threads: threads).content { _ in }
  }

  /// Rows up to a decision, with the bits of their features.
  private func rows(_ content: PanelContent, upTo day: Int32) -> [String] {
    var lines: [String] = []
    for (period, range) in content.rows.ranges.enumerated()
    where content.rows.decisionDays[period] <= day {
      for row in range {
        let record = Int(content.recordIndex[row])
        let bits = content.columns.map {
          $0[row].isNaN ? "-" : String($0[row].bitPattern, radix: 16)
        }
        lines.append(
          "\(content.rows.periods[period]) \(content.firms.keys[Int(content.rows.firm[row])]) "
            + "\(content.records.available[record]) \(content.records.flags[record]) "
            + bits.joined(separator: " "))
      }
    }
    return lines
  }

  @Test("whatever becomes available after a decision changes nothing before it", arguments: 1...8)
  func poisonedFuture(seed: UInt64) throws {
    let tables = RandomTables(seed: seed)
    let honest = try content(try tables.fixture())
    var random = SplitMix64(seed: seed &+ 1000)
    func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
    for period in [2, 4, 6] {
      let decision = CalendarDate(daysSinceEpoch: honest.rows.decisionDays[period])
      var poisoned = tables
      for index in poisoned.records.indices.reversed()
      where poisoned.records[index].available > decision {
        switch below(3) {
        case 0: poisoned.records.remove(at: index)
        case 1: poisoned.records[index].assets += 1_000_000
        default:
          let filed = poisoned.records[index].available.addingDays(1 + below(400))
          poisoned.records[index].filed = filed
          poisoned.records[index].flow = nil
        }
      }
      for firm in 0..<RandomTables.firms {
        let end = RandomTables.first.advanced(by: below(10)).lastDay
        // Days past 2018 are taken by no other record, so this one has no duplicate.
        poisoned.records.append(
          RandomTables.Record(
            firm: firm, end: end, filed: CalendarDate(year: 2018, month: 1, day: 1 + firm),
            assets: 7_000_000, flow: 7, quarter: 1))
        poisoned.deals.append(RandomTables.Deal(firm: firm, announced: decision.addingDays(1)))
        poisoned.delistings.append((firm, decision.addingDays(below(50))))
      }
      for index in poisoned.deals.indices {
        if let day = poisoned.deals[index].completed, day > decision {
          poisoned.deals[index].completed = below(2) == 0 ? nil : day.addingDays(3)
        }
        if let day = poisoned.deals[index].withdrawn, day > decision {
          poisoned.deals[index].withdrawn = nil
        }
      }
      for index in poisoned.prices.indices where poisoned.prices[index].day > decision {
        poisoned.prices[index].close = 1 + below(5000)
      }
      let changed = try content(try poisoned.fixture())
      #expect(
        rows(changed, upTo: decision.daysSinceEpoch) == rows(honest, upTo: decision.daysSinceEpoch),
        "seed \(seed), decision \(decision)")
    }
    // The test can fail: the same poison shows in the rows after the decision.
    var poisoned = tables
    for index in poisoned.records.indices { poisoned.records[index].assets += 1 }
    #expect(rows(try content(try poisoned.fixture()), upTo: .max) != rows(honest, upTo: .max))
  }

  @Test("neither lines nor columns of the tables have an order that matters", arguments: 1...6)
  func permutation(seed: UInt64) throws {
    let tables = RandomTables(seed: seed)
    let fixtures = [try tables.fixture(), try tables.fixture(shuffledBy: seed)]
    defer { for fixture in fixtures { fixture.keep() } }
    let straight = try fixtures[0].compile()
    let shuffled = try fixtures[1].compile()
    for file in PanelFiles.all(horizons: straight.panel.horizons)
    where file != PanelFiles.droppedDeals {
      #expect(
        try CompileFixture.bytes(straight.directory + "/" + file)
          == CompileFixture.bytes(shuffled.directory + "/" + file), "\(file), seed \(seed)")
    }
    #expect(straight.fingerprint != shuffled.fingerprint)
  }

  @Test("the number of threads has no effect on any byte", arguments: [1, 2, 3])
  func threads(seed: UInt64) throws {
    let fixture = try RandomTables(seed: seed).fixture()
    defer { fixture.keep() }
    let one = try fixture.compile(threads: 1, store: "one")
    for threads in [2, 7] {
      let other = try fixture.compile(threads: threads, store: "store\(threads)")
      #expect(other.fingerprint == one.fingerprint)
      for file in try FileTree.list(recursively: one.directory) {
        #expect(
          try CompileFixture.bytes(one.directory + "/" + file)
            == CompileFixture.bytes(other.directory + "/" + file), "\(file), \(threads) threads")
      }
    }
  }

  @Test("histories agree with a search through all records", arguments: 1...6)
  func naiveHistory(seed: UInt64) throws {
    let tables = RandomTables(seed: seed)
    let content = try content(try tables.fixture())
    let history = AsOfHistory(content.records, rows: content.rows, threads: 2)
    for lag in [0, 1, 2, 4] {
      let found = history.records(lag: lag, threads: 2)
      for (period, range) in content.rows.ranges.enumerated() {
        let day = CalendarDate(daysSinceEpoch: content.rows.decisionDays[period])
        for row in range {
          let firm = content.firms.keys[Int(content.rows.firm[row])]
          let known = tables.records.filter { "F\($0.firm)" == firm && $0.available <= day }
          let latest = known.map(\.end.nearestMonthEndOrdinal).max() ?? 0
          let matches = [0, -1, 1].lazy.map { offset in
            known.filter {
              $0.end.nearestMonthEndOrdinal == latest - 3 * lag + (lag == 0 ? 0 : offset)
            }
          }
          let versions = matches.first { !$0.isEmpty } ?? []
          let expected = versions.max { ($0.available, $0.end) < ($1.available, $1.end) }
          let value = found[row] < 0 ? nil : content.records.values["assets"]?[Int(found[row])]
          #expect(
            value == expected.map { Float($0.assets) }, "seed \(seed), lag \(lag), row \(row)")
        }
      }
    }
  }

  @Test("nothing is lost: every account balances, and splits keep the purge", arguments: 1...8)
  func conservation(seed: UInt64) throws {
    let fixture = try RandomTables(seed: seed).fixture()
    defer { fixture.keep() }
    let outcome = try fixture.compile(threads: 2)
    let manifest = outcome.panel.manifest
    #expect(manifest.sources.count == 4)
    for account in manifest.sources + [manifest.grid] { #expect(account.isConserved, "\(account)") }
    let verification = PanelVerification(of: outcome.directory, threads: 2)
    #expect(verification.findings.isEmpty, "seed \(seed): \(verification.findings)")
    #expect(verification.fileCount == manifest.files.count)
    for horizon in outcome.panel.horizons {
      let labels = try #require(outcome.panel.labels(horizon))
      let archive = try NPZReader(outcome.directory + "/" + PanelFiles.trainingRows(horizon))
      for entry in manifest.periods {
        let rows: ArrayFile<Int32> = try archive.array(entry.period.description)
        for index in 0..<rows.count {
          let row = Int(rows[index])
          #expect(row < entry.firstRow)
          #expect(labels.y[row] <= 1)
          #expect(labels.knownOn[row] + 5 <= entry.decisionDate.daysSinceEpoch)
        }
      }
    }
  }
}
