/// A full check of a run folder: its panel, every digest of `run.json`, and whether predictions,
/// metrics and logs agree with the tasks.
///
/// ```swift
/// RunVerification(of: "runs/demo", threads: 2).findings      // empty where all is well
/// ```
public struct RunVerification: Sendable {
  /// What is wrong, the panel first; empty where all is well.
  public private(set) var findings: [PanelVerification.Finding] = []
  /// Files whose digest was taken.
  public private(set) var fileCount = 0
  /// Bytes whose digest was taken.
  public private(set) var byteCount = 0
  private let directory: String

  /// Checks a run folder.
  ///
  /// - Complexity: O(bytes).
  public init(of directory: String, threads: Int = ParallelFor.availableThreads) {
    self.directory = directory
    let document: RunDocument
    do throws(StorageError) {
      document = try RunDocument(path: directory + "/run.json")
    } catch {
      add("run.json", error.problem)
      return
    }
    if !document.isComplete { add("run.json", "the run did not come to its end") }
    let panel = PanelVerification(of: directory, threads: threads)
    findings += panel.findings
    fileCount = panel.fileCount
    byteCount = panel.byteCount
    checkDigests(document)
    guard findings.isEmpty else { return }
    checkList(document)
    checkMeaning(document)
    checkTimings(document)
  }

  private mutating func add(_ file: String, _ problem: String) {
    findings.append(PanelVerification.Finding(file: file, problem: problem))
  }

  /// Every file of the document; those of the panel were read already.
  private mutating func checkDigests(_ document: RunDocument) {
    let panelFiles = Set(
      ((try? CompileManifest(opening: directory))?.files ?? []).map(\.path))
    for file in document.files where !panelFiles.contains(file.path) {
      do throws(StorageError) {
        let found = try ManifestFile.digesting(path: file.path, root: directory)
        fileCount += 1
        byteCount += found.bytes
        if found.bytes != file.bytes {
          add(file.path, "has \(found.bytes) bytes where \(file.bytes) are expected")
        } else if found.sha256 != file.sha256 {
          add(file.path, "content differs from its SHA-256 (somewhere in \(file.bytes) bytes)")
        }
      } catch {
        add(file.path, error.problem)
      }
    }
  }

  /// Nothing is there that the document does not list, but for itself and the logs.
  private mutating func checkList(_ document: RunDocument) {
    let listed = Set(document.files.map(\.path) + ["run.json"])
    do throws(StorageError) {
      for path in try FileTree.list(recursively: directory)
      where !listed.contains(path) && !path.hasPrefix("logs/") {
        add(path, "is not listed in run.json")
      }
    } catch {
      add(".", error.problem)
    }
  }

  /// Predictions have a row for each row of their period and a ranking from 1; metrics have a row for
  /// each finished task.
  private mutating func checkMeaning(_ document: RunDocument) {
    let panel: CompiledPanel
    do throws(StorageError) {
      panel = try CompiledPanel(opening: directory)
    } catch {
      add("compile_manifest.json", error.problem)
      return
    }
    if document.panelFingerprint != panel.manifest.fingerprint {
      add("run.json", "names the panel \(document.panelFingerprint)")
    }
    let finished = document.tasks.filter { $0.status == "finished" }.map(\.task)
    for task in finished {
      let file = RunFolder.directory(of: task) + "/predictions." + ResultTable.fileExtension
      guard let entry = panel.entry(of: task.period) else {
        add(file, "the panel has no \(task.period)")
        continue
      }
      check(
        file,
        [
          ColumnSchema("row", .integer), ColumnSchema("rank", .integer),
          ColumnSchema("p_raw", .float32),
        ]
      ) { (table) throws(TableError) in
        try Self.problem(inPredictions: table, of: entry)
      }
    }
    check("metrics/quarter_metrics.csv", [ColumnSchema("quarter", .text)]) { table in
      table.rowCount == finished.count
        ? nil : "has \(table.rowCount) rows, expected \(finished.count) finished tasks"
    }
  }

  private static func problem(
    inPredictions table: RawTable, of entry: ManifestPeriod
  ) throws(TableError) -> String? {
    guard table.rowCount == entry.rowCount else {
      return "has \(table.rowCount) rows, expected \(entry.rowCount)"
    }
    let rows = try table.integers("row")
    let ranks = try table.integers("rank")
    let probabilities = try table.float32("p_raw")
    var isTaken = [Bool](repeating: false, count: entry.rowCount)
    for index in 0..<entry.rowCount {
      guard rows[index] == Int64(entry.firstRow + index) else {
        return "line \(index + 2) is not row \(entry.firstRow + index)"
      }
      let rank = ranks[index]
      guard 1...Int64(entry.rowCount) ~= rank, !isTaken[Int(rank) - 1]
      else { return "line \(index + 2) has no rank of its own" }
      isTaken[Int(rank) - 1] = true
      guard (0...1).contains(probabilities[index]) else {
        return "line \(index + 2) has no probability"
      }
    }
    return nil
  }

  /// The log has exactly its columns, and a line for the compile and for each task.
  private mutating func checkTimings(_ document: RunDocument) {
    let file = "logs/timing.csv"
    let schema = TimingLog.columns.map { name in
      let isText = ["phase", "run_id", "quarter", "config_id", "notes"].contains(name)
      let isCount = ["horizon_mo", "repeat_id"].contains(name) || name.hasPrefix("n_")
      return ColumnSchema(
        name,
        isText ? .text : isCount ? .integer : name == "cache_hit_compile" ? .boolean : .float32)
    }
    let header = TimingLog.columns.joined(separator: ",") + "\n"
    check(file, schema) { (table) throws(TableError) in
      let phases = try table.text("phase")
      let tasks = (0..<table.rowCount).count { phases[$0] == TimingRow.Phase.trainEval.rawValue }
      return tasks >= document.tasks.count
        ? nil : "has \(tasks) tasks, expected at least \(document.tasks.count)"
    }
    if let content = try? MappedFile(path: directory + "/" + file),
      content.count < header.utf8.count
        || [UInt8](copying: content.bytes.extracting(0..<header.utf8.count)) != Array(header.utf8)
    {
      add(file, "has another header")
    }
  }

  private mutating func check(
    _ file: String, _ columns: [ColumnSchema], _ body: (RawTable) throws(TableError) -> String?
  ) {
    do throws(TableReadError) {
      let table = try CSVReader(threads: 1).read(
        directory + "/" + file, schema: TableSchema(columns: columns))
      let problem: String?
      do throws(TableError) {
        problem = try body(table)
      } catch {
        throw .table(error)
      }
      if let problem { add(file, problem) }
    } catch {
      add(file, error.description)
    }
  }
}
