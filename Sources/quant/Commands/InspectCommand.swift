internal import QuantCore

extension Command {
  static let inspect: Command = Command(
    "inspect", "show what is in a panel, a run folder, or an NPY, NPZ, Parquet or CSV file",
    examples: [
      .init("quant inspect run", "periods, events, coverage, features and files of a run folder"),
      .init("quant inspect run/X_global.npy", "type, shape and first values of an array"),
      .init("quant inspect prices.csv.gz", "columns and first lines of a table"),
    ],
    positionals: [Positional("PATH", .path, "a folder or a file")],
    options: [.threads, .json]
  ) { arguments, console in
    let path = arguments.positional(0) ?? ""
    let threads = arguments.integer(.threads) ?? ParallelFor.availableThreads
    let report: InspectReport
    if FileTree.isDirectory(path) {
      report = try FolderInspection(path, threads: threads).report(style: console.output.style)
    } else if path.hasSuffix(".npy") {
      report = try ArrayInspection.file(path, style: console.output.style)
    } else if path.hasSuffix(".npz") {
      report = try ArrayInspection.archive(path, style: console.output.style)
    } else if path.hasSuffix(ParquetInspection.suffix) {
      report = try ParquetInspection.report(path, threads: threads, style: console.output.style)
    } else if TableInspection.suffixes.contains(where: path.hasSuffix) {
      report = try TableInspection.report(path, threads: threads, style: console.output.style)
    } else if FileTree.exists(path) {
      throw StorageError.foreign(
        path: path, found: "another kind of file",
        accepted: "a panel or run folder, .npy, .npz, .parquet, "
          + TableInspection.suffixes.joined(separator: ", "))
    } else {
      throw StorageError.missing(path: path)
    }
    console.say(report.text)
    console.json("inspect", report.members)
    return .success
  }
}

/// What an inspection found, for reading and for programs.
struct InspectReport {
  var text: String
  var members: [String: JSONValue]
}
