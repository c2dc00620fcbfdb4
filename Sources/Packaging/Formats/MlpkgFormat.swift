import Descriptions
import Kernels
import Plan
import Scoring
import Tables

/// A model as this program packs it.
public enum MlpkgFormat: ModelReading, ModelWriting {
  public static let description = Description(
    name: "mlpkg",
    summary: "This program's package of a model, whole from raw columns to the answer",
    group: "Formats",
    details: [
      """
      `export "m.mlpkg"` writes one and `load "m.mlpkg"` gives the model again, to predict, export and serve with; \
      `mlp serve m.mlpkg` answers with it. It holds the scoring graph in full precision, how the inputs are read (their \
      types, the words for missing cells), the guards, the recorded steps, the options, the measured figures and what the \
      training columns looked like, but no rows: what judges by rows or trains again is the error `no-split`.
      """,
      """
      Nothing in it is run as code; a reader checks every place and number before it is used. The same model gives the \
      same bytes on any machine: no time stamps, and a SHA-256 at the end.
      """,
    ],
    examples: [
      Example(
        "a model, written and loaded",
        "mlp 1\nload iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\nexport \"iris.mlpkg\"\nload \"iris.mlpkg\"\npredict iris"
      )
    ],
    otherNames: ["pkl", "pickle", "joblib"])
  public static let endings = ["mlpkg"]

  public static func bytes(_ package: PackageFile) -> [UInt8] { MlpkgWriter.bytes(package) }

  public static func check(_ bytes: [UInt8], _ package: PackageFile, on rows: Table) throws(ExportFault) {
    try MlpkgCheck.check(bytes, package, on: rows)
  }

  public static func manifest(_ path: String) throws(EngineError) -> PackageManifest {
    let beginning: [UInt8]
    do throws(FileError) {
      beginning = try DurableFile.read(path, limit: 1 << 16, prefix: true)
    } catch {
      throw failure(path, error)
    }
    do throws(PackageError) { return try MlpkgReader.manifest(beginning) } catch { throw failure(path, error) }
  }

  public static func model(_ path: String) throws(EngineError) -> Model {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try DurableFile.read(path, limit: PackageLimits().bytes)
    } catch {
      throw failure(path, error)
    }
    let package: PackageFile
    do throws(PackageError) { package = try MlpkgReader.read(bytes) } catch { throw failure(path, error) }
    do throws(GraphError) {
      return try package.model()
    } catch {
      throw EngineError(.file(.badGraph(path, error)))
    }
  }

  private static func failure(_ path: String, _ error: FileError) -> EngineError {
    EngineError(SourceError(source: path, reason: .file(error)))
  }

  private static func failure(_ path: String, _ error: PackageError) -> EngineError {
    EngineError(.file(.badPackage(path, byte: error.offset, error.reason)))
  }
}
