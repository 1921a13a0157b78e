window.addEventListener("load", () => {
  window.SwaggerUIBundle({
    url: "/docs/openapi.json",
    dom_id: "#reference",
    deepLinking: true,
    // Nothing about this page, or what is tried on it, leaves for another host.
    validatorUrl: null,
    persistAuthorization: false,
  });
});
