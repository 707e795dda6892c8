/* SPDX-License-Identifier: MIT */
/* A compositor and its client in one process: libwayland calls a handler for each event
   and request by ffi_call.  */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <wayland-client.h>
#include <wayland-server.h>

static struct wl_display *server;
static struct wl_client *peer;
static int globals, surfaces, done;

/* --- The compositor */

static void
destroy (struct wl_client *client, struct wl_resource *resource)
{
  (void) client;
  wl_resource_destroy (resource);
}

static void
attach (struct wl_client *client, struct wl_resource *surface, struct wl_resource *buffer,
        int32_t x, int32_t y)
{
  (void) client, (void) surface;
  printf ("attach: buffer %d, %d, %d\n", buffer != NULL, (int) x, (int) y);
}

static void
damage (struct wl_client *client, struct wl_resource *surface, int32_t x, int32_t y,
        int32_t width, int32_t height)
{
  (void) client, (void) surface;
  printf ("damage: %d %d %d %d\n", (int) x, (int) y, (int) width, (int) height);
}

static const struct wl_surface_interface surface_requests
    = { .destroy = destroy, .attach = attach, .damage = damage };

static void
create_surface (struct wl_client *client, struct wl_resource *compositor, uint32_t id)
{
  int version = wl_resource_get_version (compositor);
  struct wl_resource *surface
      = wl_resource_create (client, &wl_surface_interface, version, id);
  wl_resource_set_implementation (surface, &surface_requests, NULL, NULL);
  surfaces++;
}

static const struct wl_compositor_interface compositor_requests
    = { .create_surface = create_surface };

static void
bind_compositor (struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
  struct wl_resource *resource
      = wl_resource_create (client, &wl_compositor_interface, (int) version, id);
  wl_resource_set_implementation (resource, &compositor_requests, data, NULL);
}

static void
bind_output (struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
  struct wl_resource *output
      = wl_resource_create (client, &wl_output_interface, (int) version, id);
  (void) data;
  wl_output_send_geometry (output, -10, 20, 300, 200, WL_OUTPUT_SUBPIXEL_NONE, "make",
                           "model", WL_OUTPUT_TRANSFORM_90);
  wl_output_send_scale (output, 2);
}

/* --- The client */

static struct wl_compositor *compositor;

static void
geometry (void *data, struct wl_output *output, int32_t x, int32_t y, int32_t width,
          int32_t height, int32_t subpixel, const char *make, const char *model,
          int32_t transform)
{
  (void) data, (void) output;
  printf ("geometry: %d %d %d %d %d %s %s %d\n", (int) x, (int) y, (int) width,
          (int) height, (int) subpixel, make, model, (int) transform);
}

static void
mode (void *data, struct wl_output *output, uint32_t flags, int32_t width, int32_t height,
      int32_t refresh)
{
  (void) data, (void) output, (void) flags, (void) width, (void) height, (void) refresh;
}

static void
output_done (void *data, struct wl_output *output)
{
  (void) data, (void) output;
}

static void
scale (void *data, struct wl_output *output, int32_t factor)
{
  (void) data, (void) output;
  printf ("scale: %d\n", (int) factor);
}

static const struct wl_output_listener output_events
    = { .geometry = geometry, .mode = mode, .done = output_done, .scale = scale };

static void
global (void *data, struct wl_registry *registry, uint32_t name, const char *interface,
        uint32_t version)
{
  (void) data;
  printf ("global: %s %u\n", interface, (unsigned) version);
  globals++;
  if (strcmp (interface, "wl_compositor") == 0)
    compositor = wl_registry_bind (registry, name, &wl_compositor_interface, version);
  else if (strcmp (interface, "wl_output") == 0)
    wl_output_add_listener (
        wl_registry_bind (registry, name, &wl_output_interface, version), &output_events,
        NULL);
}

static void
global_remove (void *data, struct wl_registry *registry, uint32_t name)
{
  (void) data, (void) registry, (void) name;
}

static const struct wl_registry_listener registry_events = { global, global_remove };

static void
synced (void *data, struct wl_callback *callback, uint32_t serial)
{
  (void) data, (void) serial;
  wl_callback_destroy (callback);
  done = 1;
}

static const struct wl_callback_listener sync_events = { synced };

/* Let both sides work until the compositor has answered all requests.  */
static void
roundtrip (struct wl_display *client)
{
  done = 0;
  wl_callback_add_listener (wl_display_sync (client), &sync_events, NULL);
  while (!done)
    {
      wl_display_flush (client);
      wl_event_loop_dispatch (wl_display_get_event_loop (server), 0);
      wl_display_flush_clients (server);
      if (wl_display_dispatch (client) < 0)
        abort ();
    }
}

int
main (void)
{
  int ends[2];
  server = wl_display_create ();
  wl_global_create (server, &wl_compositor_interface, 4, NULL, bind_compositor);
  wl_global_create (server, &wl_output_interface, 2, NULL, bind_output);
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return 1;
  peer = wl_client_create (server, ends[0]);
  struct wl_display *client = wl_display_connect_to_fd (ends[1]);
  wl_registry_add_listener (wl_display_get_registry (client), &registry_events, NULL);
  roundtrip (client);
  roundtrip (client);
  for (int i = 0; i < 3; i++)
    {
      struct wl_surface *surface = wl_compositor_create_surface (compositor);
      wl_surface_attach (surface, NULL, i, -i);
      wl_surface_damage (surface, i, 2 * i, 30, 40);
      wl_surface_destroy (surface);
    }
  roundtrip (client);
  printf ("%d globals, %d surfaces\n", globals, surfaces);
  wl_display_disconnect (client);
  wl_display_destroy (server);
  return globals == 2 && surfaces == 3 ? 0 : 1;
}
