package dev.lakelens.shelf;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.Digest;
import dev.lakelens.model.FileFault;
import dev.lakelens.model.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A shelf on any Hadoop file system. A model's card is written last and makes it real; where a
 * model is replaced by another, that one is whole beside it before it is moved to its place. Two
 * that bring the same model at once write the same files.
 *
 * <p>Models are used from a cache of this machine, which is a shelf for each state of a model.
 */
final class RemoteShelf extends Shelf {
  private final RemoteDirectory remote;
  private final Path cache;
  private final FileCheck fileCheck;

  /**
   * @param cache directory of this machine
   */
  RemoteShelf(RemoteDirectory remote, Path cache, FileCheck fileCheck) {
    super(fileCheck);
    this.remote = remote;
    this.cache = cache;
    this.fileCheck = fileCheck;
  }

  @Override
  public String location() {
    return remote.toString();
  }

  @Override
  public List<ModelCard> list() {
    return remote.directories().stream()
        .filter(Shelf::isName)
        .flatMap(name -> RemoteModel.card(remote, name).stream())
        .toList();
  }

  @Override
  public Optional<ShelvedModel> find(String name) {
    return RemoteModel.find(remote, requireName(name)).map(this::bring);
  }

  private ShelvedModel bring(RemoteModel model) {
    String name = model.card().name();
    LocalShelf here = here(model);
    try (ShelfLock lock = here.lock(name)) {
      Optional<ShelvedModel> there = here.find(name);
      return there.isPresent() ? there.get() : here.publish(copy(model, here, lock), lock);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private StagedModel copy(RemoteModel model, LocalShelf here, ShelfLock lock) throws IOException {
    String directory = model.card().name();
    Path weights =
        new Staging(here.fetching(), lock)
            .lay(model.card(), local -> remote.copyTo(local, directory + "/" + model.weights()));
    String sha256 = Digest.of(weights);
    DigestRecord.compare(remote + "/" + directory, model.card(), sha256, model.record());
    model.writeTo(weights.getParent());
    return new StagedModel(model.card(), weights.getParent(), sha256);
  }

  /** The part of the cache for one state of a model. */
  private LocalShelf here(RemoteModel model) {
    return new LocalShelf(cache.resolve(model.digest()), fileCheck);
  }

  @Override
  public void close() {
    remote.close();
  }

  @Override
  Path fetching() {
    return cache.resolve(".fetching");
  }

  @Override
  ShelvedModel publish(StagedModel staged, ShelfLock lock) throws IOException {
    RemoteModel model = RemoteModel.of(staged);
    upload(model, staged.directory());
    LocalShelf here = here(model);
    try (ShelfLock cached = here.lock(lock.name())) {
      return here.publish(staged, cached);
    }
  }

  private void upload(RemoteModel model, Path directory) {
    String name = model.card().name();
    Optional<ModelCard> there = RemoteModel.card(remote, name);
    if (there.isEmpty() || there.get().equals(model.card())) {
      write(name, model, directory);
    } else {
      replace(name, model, directory);
    }
  }

  private void replace(String name, RemoteModel model, Path directory) {
    String beside = "%s/.new-%s".formatted(name, UUID.randomUUID());
    try {
      write(beside, model, directory);
      remote.delete(name + "/" + CardJson.FILE); // it is not that of the files that come
      for (String file : cardLast(model)) {
        remote.move(beside + "/" + file, name + "/" + file);
      }
      remote.delete(beside);
    } catch (ShelfException e) {
      removeAfter(e, beside);
      throw e;
    }
  }

  private void removeAfter(ShelfException failure, String directory) {
    try {
      remote.delete(directory);
    } catch (ShelfException e) {
      failure.addSuppressed(e);
    }
  }

  private void write(String place, RemoteModel model, Path directory) {
    for (String file : cardLast(model)) {
      remote.write(place + "/" + file, directory.resolve(file));
    }
  }

  private static List<String> cardLast(RemoteModel model) {
    List<String> files = new ArrayList<>(model.small().keySet());
    files.remove(CardJson.FILE);
    files.add(0, model.weights());
    files.add(CardJson.FILE);
    return files;
  }

  @Override
  ShelfException unwritable(IOException e) {
    return new ShelfException(
        "%s, where models of %s are brought to, cannot be written (%s); make room or rights there, or choose another cache with XDG_CACHE_HOME"
            .formatted(cache, remote, FileFault.naming(e)),
        e);
  }
}
