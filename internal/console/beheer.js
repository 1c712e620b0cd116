// Before the session ends the page says so, and can make it go on, so that nothing typed is lost. Without this
// script a form that comes too late is kept all the same, on the page that says so.
'use strict';
(() => {
  const box = document.getElementById('sessie');
  if (!box) return;
  let ends = Number(box.dataset.ends) * 1000;
  const before = Number(box.dataset.warning) * 1000;
  const look = () => {
    const left = ends - Date.now();
    box.hidden = left > before;
    const minutes = Math.max(0, Math.ceil(left / 60000));
    const told = box.querySelector('[data-minutes]');
    if (!box.hidden && told.textContent !== String(minutes)) told.textContent = String(minutes);
  };
  box.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const answer = await fetch('/console/verlengen', {method: 'POST', headers: {Accept: 'application/json'}});
    if (!answer.ok) return;
    ends = (await answer.json()).einde * 1000;
    look();
  });
  setInterval(look, 5000);
  look();
})();
