/** What every room speaks of: an image file, and why one is rejected. Imports no other room. */
package dev.lakelens.image;
