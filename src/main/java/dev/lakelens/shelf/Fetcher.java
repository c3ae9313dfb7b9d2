package dev.lakelens.shelf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings public checkpoints to the shelf.
 *
 * <p>The environment says how: {@code HF_ENDPOINT} is the hub or a mirror of it, {@code HF_TOKEN} a
 * secret that only the hub gets, {@code HF_HUB_OFFLINE=1} forbids the network, and {@code
 * HTTPS_PROXY} and {@code NO_PROXY} are the way out.
 */
public final class Fetcher {
  private final FetchSettings settings;
  private final Waiting waiting;

  /**
   * @param environment of the process
   * @param offline forbids the network, whatever the environment says
   * @throws ShelfException where a variable's value is none
   */
  public Fetcher(Map<String, String> environment, boolean offline) {
    this(settings(environment, offline), Fetcher::sleep);
  }

  Fetcher(FetchSettings settings, Waiting waiting) {
    this.settings = settings;
    this.waiting = waiting;
  }

  /**
   * Takes a model from the shelf, or brings it there first.
   *
   * <p>A download that breaks off goes on where it was, in this call and in the next. Where another
   * thread or process is bringing the model, this call waits for it.
   *
   * @throws ShelfException where the model is neither here nor can be brought, or where the file is
   *     not the one that the catalogue pins; the shelf is then as it was
   */
  public ShelvedModel fetch(CatalogueEntry entry, Shelf shelf, FetchListener listener) {
    Optional<ShelvedModel> there = shelf.find(entry.name());
    return there.isPresent()
        ? there.get()
        : bring(entry, shelf, listener, () -> shelf.find(entry.name()));
  }

  /**
   * Brings a model in the place of what is on the shelf under its name.
   *
   * @throws ShelfException as {@link #fetch}
   */
  public ShelvedModel replace(CatalogueEntry entry, Shelf shelf, FetchListener listener) {
    return bring(entry, shelf, listener, Optional::empty);
  }

  /**
   * @param there what another may have brought while this call waited for the lock
   */
  private ShelvedModel bring(
      CatalogueEntry entry,
      Shelf shelf,
      FetchListener listener,
      Supplier<Optional<ShelvedModel>> there) {
    requireNetwork(entry, shelf);
    try (ShelfLock lock = shelf.lock(entry.name())) {
      Optional<ShelvedModel> brought = there.get();
      return brought.isPresent() ? brought.get() : download(entry, shelf, lock, listener);
    } catch (IOException e) {
      throw shelf.unwritable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShelfException(
          "The fetch of %s was interrupted; fetch again to go on".formatted(entry.name()), e);
    }
  }

  private void requireNetwork(CatalogueEntry entry, Shelf shelf) {
    if (settings.offline()) {
      throw new ShelfException(
          "HF_HUB_OFFLINE or --offline forbids to fetch %s to the shelf %s; allow it, or download %s"
                  .formatted(entry.name(), shelf.location(), entry.url())
              + " elsewhere, and then: jobs/model fetch %s --file FILE --models-dir %s"
                  .formatted(entry.name(), shelf.location()));
    }
  }

  private ShelvedModel download(
      CatalogueEntry entry, Shelf shelf, ShelfLock lock, FetchListener listener)
      throws IOException, InterruptedException {
    PartFile part = new PartFile(shelf.fetching(), entry.name());
    Staging staging = new Staging(shelf.fetching(), lock);
    part.takeBack(staging.weights(entry.card()));
    new Download(entry, shelf, part, settings, listener).run(waiting);
    try {
      shelf.check(entry, part.path());
    } catch (WrongFileException e) {
      part.delete();
      throw new ShelfException(
          "The file of %s from %s is another: %s; it was removed: fetch again, and where it comes so"
                  .formatted(entry.name(), settings.address(entry.url()), e.getMessage())
              + " again, its publisher or somebody on the way has changed it",
          e);
    }
    StagedModel staged =
        staging.stage(
            entry, weights -> Files.move(part.path(), weights, StandardCopyOption.ATOMIC_MOVE));
    ShelvedModel model = shelf.publish(staged, lock);
    part.delete(); // its tag: where publishing fails, the next call goes on with these bytes
    return model;
  }

  private static FetchSettings settings(Map<String, String> environment, boolean offline) {
    FetchSettings settings = FetchSettings.of(environment);
    return offline ? settings.withoutNetwork() : settings;
  }

  private static void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration.toMillis());
  }
}
