internal import QuantCore

/// The configuration that is written beside the demonstration data, with a reason for each choice.
package enum DemonstrationConfiguration {
  /// Number of features of the sizes tiny and small.
  package static let smallFeatureCount = 76
  /// Number of features of the size full.
  package static let fullFeatureCount = 200

  /// The text of demo.json: JSON5, because its comments are half of its worth.
  package static func text(size: DemonstrationSize) -> String {
    """
    // Reads the demonstration data that `quant synth` wrote into this folder.
    // JSON5: comments and trailing commas are fine. `quant config schema` prints every field.
    {
      // What the panel contains. This section alone, with the content of the files, is the cache key.
      compile: {
        name: "demonstration",

        // One decision at the end of every quarter, for all firms on the same day.
        grid: { frequency: "quarterly", first: "\(size.firstPeriod)", last: "\(size.lastPeriod)" },

    \(sources)

    \(market(size))

        // A firm that has not reported for a period of the last 300 days gives no row.
        rows: { maximumAgeDays: 300, pendingDays: 730 },

        // A deal database fills up for about a month after the fact: a label is known 30 days after
        // its window ends, and is used for training from then on.
        labels: { horizons: [3, 6, 12], recordingLagDays: 30 },

        // In order: later recipes use the features of earlier ones.
        features: [
    \(DemonstrationFeatures.text(isFull: size == .full))
        ],

        // About 6 % of the deals have no usable identifier. A compile that finds fewer than 85 % of
        // the targets has gone wrong, and fails.
        coverage: { mappedEvents: 0.85, pricedRows: 0.9 },
      },

    \(training)
    }

    """
  }

  private static let sources = """
        fundamentals: [
          {
            // The first table decides which rows exist.
            name: "quarterly",
            file: "fundamentals_quarterly.csv",
            // The standard presentation; the others repeat a record in another form.
            keep: [
              { column: "indfmt", values: ["INDL"] },
              { column: "datafmt", values: ["STD"] },
              { column: "consol", values: ["C"] },
              { column: "popsrc", values: ["D"] },
            ],
            firm: "gvkey",
            frequency: "quarterly",
            periodEnd: "datadate",
            // A record counts from the day on which it was filed. Where the table does not say, it
            // counts 90 days after the period end, by when all reports without a date were out.
            available: "rdq",
            safeLagDays: 90,
            // About 3 % of the records were restated later; the later version counts from its own day.
            amendment: "amended",
            restatements: "latestKnown",
            fiscalQuarter: "fqtr",
            // Cash flow items count from the start of the fiscal year, as in 10-Q filings.
            yearToDate: ["oancfy", "capxy", "dvy"],
            values: [
              "atq", "actq", "lctq", "ltq", "seqq", "cheq", "rectq", "invtq", "ppentq", "dlttq",
              "dlcq", "revtq", "cogsq", "xrdq", "oiadpq", "dpq", "niq", "spiq", "cshoq", "prccq",
              "mkvaltq", "oancfy", "capxy", "dvy",
            ],
            keys: ["cik"],
          },
          {
            name: "annual",
            file: "fundamentals_annual.csv",
            keep: [
              { column: "indfmt", values: ["INDL"] },
              { column: "datafmt", values: ["STD"] },
              { column: "consol", values: ["C"] },
              { column: "popsrc", values: ["D"] },
            ],
            firm: "gvkey",
            frequency: "annual",
            periodEnd: "datadate",
            available: "rdq",
            safeLagDays: 120,
            amendment: "amended",
            values: [
              "at", "lt", "seq", "che", "dltt", "ppent", "revt", "cogs", "xrd", "oiadp", "dp", "ni",
              "oancf", "capx", "dv", "emp",
            ],
          },
        ],
    """

  private static func market(_ size: DemonstrationSize) -> String {
    """
        // Deals know their target by a CIK, which belongs to a firm for a time only.
        identifiers: {
          file: "identifiers.csv",
          identifier: "cik",
          firm: "gvkey",
          from: "from",
          to: "to",
        },

        // The event is the announcement. From then to completion or withdrawal a firm is no candidate.
        events: {
          file: "deals.csv",
          firm: "target_cik",
          isMapped: true,
          announced: "announced",
          completed: "completed",
          withdrawn: "withdrawn",
          coveredFrom: "\(size.firstSimulated.advanced(by: -1).lastDay.addingDays(1))",
          coveredTo: "\(size.lastPeriod.lastDay)",
        },

        // Raw closes with the day's split factor and dividend: returns are made from them within the
        // window of a feature, so that a split of next year cannot show.
        prices: {
          layout: "long",
          file: "prices.csv",
          firm: "gvkey",
          date: "date",
          close: "close",
          splitFactor: "split_factor",
          dividend: "dividend",
          volume: "volume",
          maximumReturn: 3,
        },

        delistings: { file: "delistings.csv", firm: "gvkey", date: "date" },
    """
  }

  private static let training = """
      // How tasks are trained. Nothing from here on touches the panel or its cache.
      train: {
        seed: 1,
        // The last 8 quarters with known labels choose the number of iterations, which takes some
        // 25 deals; then the learner is fitted again on the whole window.
        split: { stopPeriods: 8, calibratePeriods: 8 },
        // 20 firm-quarters without a deal for each with one, weighted back to the base rate.
        sampling: { mode: "standard" },
      },

      // A quarter has about 280 candidates and 4 deals.
      evaluate: { topK: [10, 25, 50], selection: 25, bins: 10 },

      // Logistic regression on standardised features; it cannot see what README.txt calls mismatch.
      learner: { name: "logisticSGD", l2: 0.001 },
    """
}
