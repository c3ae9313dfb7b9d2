/** A lake to encoded images: listing, partition planning, and reading inside the task. */
package dev.lakelens.read;
