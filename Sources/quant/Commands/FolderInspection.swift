internal import QuantCore

/// What is in a panel or run folder.
struct FolderInspection {
  private let path: String
  private let panel: CompiledPanel
  private let run: RunDocument?
  private let threads: Int

  init(_ path: String, threads: Int) throws {
    self.path = path
    self.threads = threads
    guard FileTree.exists(path + "/compile_manifest.json") else {
      throw StorageError.foreign(
        path: path, found: "a folder without compile_manifest.json",
        accepted: "a panel or run folder")
    }
    panel = try CompiledPanel(opening: path)
    let document = path + "/run.json"
    run = FileTree.exists(document) ? try RunDocument(path: document) : nil
  }

  func report(style: Style) throws -> InspectReport {
    let features = try missingShares()
    var members = PanelJSON.members(of: panel.manifest)
    members["kind"] = .string(run == nil ? "panel" : "run")
    members["periods"] = .array(panel.manifest.periods.map(document))
    members["features"] = .array(
      features.map { .object(["name": .string($0.name), "missing": .number($0.missing)]) })
    members["files"] = .array(
      files.map { .object(["path": .string($0.path), "bytes": .integer($0.bytes)]) })
    if let run {
      members["runID"] = .string(run.runID)
      members["isComplete"] = .bool(run.isComplete)
      members["tasks"] = .array(
        run.tasks.map { task in
          .object([
            "quarter": .string(task.task.period.description),
            "horizon": .integer(task.task.horizon.months),
            "repeat": .integer(task.task.repeatIndex), "status": .string(task.status),
          ])
        })
    }
    let text =
      runText(style) + PanelText(panel.manifest, style: style).overview + "\n"
      + periodTable.text(style: style) + "\n" + dropTable.text(style: style) + "\n"
      + featureTable(features).text(style: style) + "\n" + fileTable.text(style: style)
    return InspectReport(text: text, members: members)
  }

  private func runText(_ style: Style) -> String {
    guard let run else { return "" }
    let finished = run.tasks.count { $0.status == "finished" }
    return
      "run      \(style.bold(run.runID)), \(run.isComplete ? "complete" : style.red("incomplete")), "
      + "\(finished) of \(NumberText.count(run.tasks.count, "task")) finished, "
      + "quant \(run.codeVersion) (\(TerminalText.safe(run.codeCommit)))\n"
  }

  // MARK: - Periods

  private var periodTable: TextTable {
    let horizons = panel.horizons
    var table = TextTable(
      [.text("period"), .text("decision"), .number("rows")]
        + horizons.flatMap {
          [TextTable.Column.number("events \($0)"), .number("unknown \($0)")]
        })
    for entry in panel.manifest.periods {
      table.append(
        [
          entry.period.description, entry.decisionDate.description,
          NumberText.grouped(entry.rowCount),
        ]
          + horizons.flatMap { horizon in
            let counts = counts(entry, horizon)
            return [NumberText.grouped(counts.events), NumberText.grouped(counts.unknown)]
          })
    }
    return table
  }

  private func counts(_ entry: ManifestPeriod, _ horizon: Horizon) -> (events: Int, unknown: Int) {
    guard let labels = panel.labels(horizon) else { return (0, 0) }
    let y = labels.y.span
    var (events, unknown) = (0, 0)
    for row in entry.rows {
      if y[row] == 1 { events += 1 }
      if y[row] == PanelLabels.unknown { unknown += 1 }
    }
    return (events, unknown)
  }

  private func document(_ entry: ManifestPeriod) -> JSONValue {
    var events: [String: JSONValue] = [:]
    var unknown: [String: JSONValue] = [:]
    for horizon in panel.horizons {
      let counts = counts(entry, horizon)
      events[String(horizon.months)] = .integer(counts.events)
      unknown[String(horizon.months)] = .integer(counts.unknown)
    }
    return .object([
      "period": .string(entry.period.description),
      "decisionDate": .string(entry.decisionDate.description), "rows": .integer(entry.rowCount),
      "events": .object(events), "unknown": .object(unknown),
    ])
  }

  // MARK: - Drops, features, files

  private var dropTable: TextTable {
    var table = TextTable([.text("dropped from"), .text("because"), .number("rows")])
    for account in panel.manifest.sources + [panel.manifest.grid] {
      for drop in account.dropped {
        table.append([account.source, drop.reason, NumberText.grouped(drop.count)])
      }
    }
    return table
  }

  private func missingShares() throws -> [(name: String, missing: Double)] {
    let matrix = try panel.features(upTo: panel.rowCount)
    let counts = ParallelFor.map(count: matrix.columnCount, threads: threads) { index in
      let column = matrix.column(index)
      var count = 0
      for row in column.indices where column[row].isNaN { count += 1 }
      return count
    }
    return zip(panel.featureNames, counts).map { name, count in
      (name, panel.rowCount == 0 ? 0 : Double(count) / Double(panel.rowCount))
    }
  }

  private func featureTable(_ features: [(name: String, missing: Double)]) -> TextTable {
    var table = TextTable([.text("feature"), .number("missing")])
    for feature in features {
      table.append([feature.name, NumberText.percent(feature.missing)])
    }
    return table
  }

  private var files: [RunFile] {
    run?.files
      ?? panel.manifest.files.map { RunFile(path: $0.path, bytes: $0.bytes, sha256: $0.sha256) }
  }

  private var fileTable: TextTable {
    var table = TextTable([.text("file"), .number("size"), .text("SHA-256")])
    for file in files {
      table.append([file.path, NumberText.bytes(file.bytes), String(file.sha256.prefix(16))])
    }
    return table
  }
}
