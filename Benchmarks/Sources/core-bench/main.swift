// What the Python scripts beside this package time of QuantCore.
//
// usage: core-bench ingest FILE.csv THREADS | metrics SCORES.npy LABELS.npy OTHER.npy REPEATS
//
// Prints one JSON object: seconds, and what was computed, so that results can be compared first.
import QuantCore

/// The best of some repeats.
func seconds(_ repeats: Int, _ body: () throws -> Void) rethrows -> Double {
  var best = Double.infinity
  for _ in 0..<repeats {
    let start = ContinuousClock.now
    try body()
    best = min(best, (ContinuousClock.now - start) / .seconds(1))
  }
  return best
}

/// Reads a table: columns whose names begin with x are numbers, `datadate` a day, others text.
func ingest(_ path: String, threads: Int) throws {
  let before = MemorySample.anonymousMB() ?? 0
  let start = ContinuousClock.now
  let reader = CSVReader(threads: threads)
  let names = try reader.columnNames(path)
  let table = try reader.read(
    path,
    schema: TableSchema(
      columns: names.map {
        ColumnSchema($0, $0.hasPrefix("x") ? .float32 : $0 == "datadate" ? .date : .text)
      }))
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  var (present, sum) = (0, 0.0)
  for name in names where name.hasPrefix("x") {
    for value in try table.float32(name) where !value.isNaN {
      present += 1
      sum += Double(value)
    }
  }
  let peak = MemorySample.now()?.peakMB ?? 0
  print(
    """
    {"seconds": \(seconds), "rows": \(table.rowCount), "present": \(present), "sum": \(sum), \
    "beforeMB": \(before), "peakMB": \(peak)}
    """)
}

/// Measures of ranking at the size of the arrays.
func metrics(_ scores: String, _ labels: String, _ other: String, repeats: Int) throws {
  func column(_ path: String) throws -> [Double] {
    let array = try NumericArray(path: path)
    let matrix = try FeatureMatrix.columns(of: array, infinite: .refuse, threads: 1).features
    let values = matrix.column(0)
    return values.indices.map { Double(values[$0]) }
  }
  let (first, second) = (try column(scores), try column(other))
  let events = try column(labels).map { UInt8($0) }
  var values: [String: Double] = [:]
  var times: [String: Double] = [:]
  func measure(_ name: String, _ body: () throws -> MetricValue) throws {
    times[name] = try seconds(repeats) { values[name] = try body().number ?? .nan }
  }
  try measure("auc") { try RankedLabels(scores: first, labels: events).areaUnderROC }
  try measure("spearman") { try RankCorrelation.spearman(first, second) }
  try measure("kendall") { try RankCorrelation.kendall(first, second) }
  func members(_ numbers: [String: Double]) -> String {
    numbers.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
      .joined(separator: ", ")
  }
  print("{\"seconds\": {\(members(times))}, \"values\": {\(members(values))}}")
}

let words = Array(CommandLine.arguments.dropFirst())
switch words.first {
case "ingest" where words.count == 3: try ingest(words[1], threads: Int(words[2]) ?? 1)
case "metrics" where words.count == 5:
  try metrics(words[1], words[2], words[3], repeats: Int(words[4]) ?? 1)
default: print("usage: core-bench ingest FILE THREADS | metrics SCORES LABELS OTHER REPEATS")
}
