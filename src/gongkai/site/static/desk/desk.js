/* The desk's few lines: HTMX speaks with the CSRF token and writes no styles of its own. */
document.addEventListener("htmx:configRequest", (event) => {
  const config = document.getElementById("wagtail-config");
  const token = config ? JSON.parse(config.textContent).CSRF_TOKEN : null;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form) form.requestSubmit();
});
