import Display
import Formats
import Interpreter
import Kernels
import Packaging
import Plan
import Tables

/// A `.mlpkg` file as the language loads it: a model without the rows it was trained from.
public enum ModelPackage {
  static func isOne(_ path: String) -> Bool { Formats.format(of: path) == MlpkgFormat.description.name }

  /// What the beginning of the file tells: no more of it is read than of any file that a script is checked with.
  /// Throws `cannot-read` or `bad-format`.
  static func type(_ path: String) throws(EngineError) -> ModelType {
    let beginning: [UInt8]
    do throws(FileError) {
      beginning = try DurableFile.read(path, limit: 1 << 16, prefix: true)
    } catch {
      throw failure(path, error)
    }
    do throws(PackageError) {
      let manifest = try MlpkgReader.manifest(beginning)
      return ModelType(
        name: manifest.name, labelName: manifest.labelName, task: manifest.task, inputs: manifest.inputs?.fields,
        split: nil)
    } catch {
      throw failure(path, error)
    }
  }

  /// The model in a file. Throws `cannot-read`, or `bad-format` with the byte at which it goes wrong.
  public static func model(_ path: String) throws(EngineError) -> Model {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try DurableFile.read(path, limit: PackageLimits().bytes)
    } catch {
      throw failure(path, error)
    }
    let package: PackageFile
    do throws(PackageError) {
      package = try MlpkgReader.read(bytes)
    } catch {
      throw failure(path, error)
    }
    do {
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
