internal import QuantCore

extension Command {
  static let verify: Command = Command(
    "verify", "check every byte of a panel or run folder, and whether its parts agree",
    examples: [
      .init("quant verify run", "exit code 0 where all is well, 1 where anything differs"),
      .init("quant verify run --json", "all findings for programs"),
    ],
    positionals: [Positional("DIR", .directory, "a panel or run folder")],
    options: [.threads, .json]
  ) { arguments, console in
    let path = arguments.positional(0) ?? ""
    let threads = arguments.integer(.threads) ?? ParallelFor.availableThreads
    guard FileTree.exists(path) else { throw StorageError.missing(path: path) }
    guard FileTree.isDirectory(path) else {
      throw StorageError.foreign(path: path, found: "a file", accepted: "a panel or run folder")
    }
    let report: (findings: [PanelVerification.Finding], files: Int, bytes: Int)
    // Predictions without the document that lists them are a damaged run, not a panel.
    if ["run.json", "predictions", "metrics"].contains(where: { FileTree.exists("\(path)/\($0)") })
    {
      let run = RunVerification(of: path, threads: threads)
      report = (run.findings, run.fileCount, run.byteCount)
    } else if FileTree.exists(path + "/compile_manifest.json") {
      let panel = PanelVerification(of: path, threads: threads)
      report = (panel.findings, panel.fileCount, panel.byteCount)
    } else {
      throw StorageError.foreign(
        path: path, found: "neither compile_manifest.json nor run.json",
        accepted: "a panel or run folder")
    }
    let style = console.output.style
    for finding in report.findings {
      console.say("\(style.red("differs"))  \(TerminalText.safe(finding.description))\n")
    }
    console.json(
      "verify",
      [
        "directory": .string(path), "files": .integer(report.files),
        "bytes": .integer(report.bytes), "isIntact": .bool(report.findings.isEmpty),
        "findings": .array(
          report.findings.map {
            .object(["file": .string($0.file), "problem": .string($0.problem)])
          }),
      ])
    if let first = report.findings.first {
      let others = report.findings.count - 1
      throw CommandFailure(
        .verification,
        "\(path)/\(first)"
          + (others > 0 ? " (and \(NumberText.count(others, "other finding")))" : ""))
    }
    console.say(
      "\(style.green("intact"))   \(NumberText.count(report.files, "file")), "
        + "\(NumberText.bytes(report.bytes)), every byte as it was written, all parts agree\n")
    return .success
  }
}
