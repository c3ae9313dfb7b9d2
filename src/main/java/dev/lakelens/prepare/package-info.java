/**
 * Pixels to a tensor: antialiased resize, centre crop and normalisation, exactly as Pillow and
 * torchvision do them. Only the crop's own pixels are computed.
 */
package dev.lakelens.prepare;
